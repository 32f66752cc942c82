-- The table-valued functions of pragmas.
CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT NOT NULL DEFAULT 'x', c AS (a+1), UNIQUE(b))
CREATE TABLE p(x REFERENCES t(b), y)
CREATE INDEX py ON p(y DESC, x COLLATE NOCASE)
CREATE VIEW v AS SELECT * FROM t
INSERT INTO t(a) VALUES(1)
INSERT INTO p VALUES('zz',1)
SELECT * FROM pragma_table_info('t')
SELECT name FROM pragma_table_info('t','main')
SELECT name FROM pragma_table_info('t','temp')
SELECT name FROM pragma_table_info('t','nope')
SELECT * FROM pragma_table_info WHERE schema='main'
SELECT * FROM pragma_table_info
SELECT m.name, i.name FROM sqlite_schema m, pragma_table_info(m.name) i ORDER BY 1,2
SELECT m.name, i.name, i.arg, i.schema FROM sqlite_schema m, pragma_table_xinfo(m.name, 'main') i ORDER BY 1,2
SELECT * FROM pragma_index_list('t')
SELECT * FROM pragma_index_xinfo('py')
SELECT * FROM pragma_index_info('py')
SELECT * FROM pragma_foreign_key_list('p')
SELECT * FROM pragma_foreign_key_check
SELECT * FROM pragma_foreign_key_check('p')
SELECT * FROM pragma_integrity_check
SELECT * FROM pragma_integrity_check('t')
SELECT * FROM pragma_integrity_check(5)
SELECT * FROM pragma_quick_check
SELECT * FROM pragma_user_version, pragma_application_id
SELECT * FROM pragma_page_size
SELECT * FROM pragma_page_count
SELECT page_count*page_size FROM pragma_page_count, pragma_page_size
SELECT * FROM pragma_journal_mode
SELECT * FROM pragma_journal_mode('wal')
SELECT * FROM pragma_mmap_size
SELECT * FROM pragma_nope
SELECT * FROM pragma_encoding
SELECT * FROM pragma_table_list ORDER BY name
SELECT * FROM pragma_table_list('t')
EXPLAIN QUERY PLAN SELECT * FROM pragma_table_info('t')
SELECT rowid, name FROM pragma_table_info('t')
SELECT count(*) FROM pragma_table_info('v')
SELECT * FROM pragma_collation_list
SELECT * FROM pragma_table_info('json_each')
SELECT * FROM pragma_table_xinfo('pragma_table_info')
PRAGMA table_info(pragma_table_info)
SELECT * FROM pragma_synchronous
SELECT * FROM pragma_freelist_count
SELECT * FROM pragma_schema_version
SELECT * FROM pragma_threads
SELECT * FROM pragma_data_version
SELECT * FROM pragma_table_info('t', 'main', 'x')
