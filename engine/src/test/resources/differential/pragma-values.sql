-- Values of pragmas, sensible and other ones.
PRAGMA collation_list
CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)
INSERT INTO t VALUES(1,'x'),(2,'y')
PRAGMA analysis_limit
PRAGMA analysis_limit=10
PRAGMA analysis_limit=-5
PRAGMA analysis_limit
PRAGMA application_id
PRAGMA application_id=0x12345678
PRAGMA application_id
PRAGMA application_id=-1
PRAGMA application_id
PRAGMA application_id=99999999999
PRAGMA application_id
PRAGMA user_version='7x'
PRAGMA user_version
PRAGMA user_version=1.9
PRAGMA user_version
PRAGMA main.user_version=5
PRAGMA temp.user_version
PRAGMA temp.user_version=3
PRAGMA temp.user_version
PRAGMA nope.user_version
PRAGMA schema_version
PRAGMA schema_version=100
PRAGMA schema_version
PRAGMA data_version
PRAGMA data_version=5
PRAGMA freelist_count
PRAGMA freelist_count=5
PRAGMA auto_vacuum
PRAGMA auto_vacuum=full
PRAGMA auto_vacuum
PRAGMA auto_vacuum=7
PRAGMA automatic_index
PRAGMA automatic_index=off
PRAGMA automatic_index
PRAGMA automatic_index=yes
PRAGMA automatic_index
PRAGMA automatic_index=2
PRAGMA automatic_index
PRAGMA automatic_index='true'
PRAGMA automatic_index=nonsense
PRAGMA automatic_index
PRAGMA automatic_index=1
PRAGMA busy_timeout=100
PRAGMA busy_timeout=-100
PRAGMA cache_size
PRAGMA cache_size=100
PRAGMA cache_size
PRAGMA cache_size=-100
PRAGMA cache_size
PRAGMA default_cache_size
PRAGMA default_cache_size=500
PRAGMA default_cache_size
PRAGMA default_cache_size=-30
PRAGMA default_cache_size
PRAGMA case_sensitive_like
SELECT 'a' LIKE 'A'
PRAGMA case_sensitive_like=1
SELECT 'a' LIKE 'A'
PRAGMA case_sensitive_like=0
SELECT 'a' LIKE 'A'
PRAGMA cell_size_check
PRAGMA cell_size_check=on
PRAGMA cell_size_check
PRAGMA checkpoint_fullfsync
PRAGMA checkpoint_fullfsync=1
PRAGMA checkpoint_fullfsync
PRAGMA count_changes
PRAGMA count_changes=1
INSERT INTO t VALUES(3,'z')
UPDATE t SET b='q'
DELETE FROM t WHERE a=3
REPLACE INTO t VALUES(1,'r')
PRAGMA count_changes=0
PRAGMA count_changes
PRAGMA empty_result_callbacks
PRAGMA empty_result_callbacks=1
PRAGMA empty_result_callbacks
PRAGMA encoding
PRAGMA encoding='UTF-16'
PRAGMA encoding
PRAGMA encoding=nope
PRAGMA foreign_keys
PRAGMA foreign_keys=1
PRAGMA foreign_keys
PRAGMA foreign_keys=0
PRAGMA full_column_names
PRAGMA full_column_names=1
SELECT a, t.b, x.a FROM t, t x LIMIT 1
SELECT * FROM t LIMIT 1
SELECT a+1, b AS c FROM t LIMIT 1
PRAGMA short_column_names=0
SELECT a, t.b, x.a FROM t, t x LIMIT 1
SELECT * FROM t LIMIT 1
SELECT * FROM t x LIMIT 1
SELECT x.* FROM (SELECT * FROM t) x LIMIT 1
PRAGMA full_column_names=0
SELECT a, t.b, x.a, rowid FROM t, t x LIMIT 1
SELECT a, t.b FROM t LIMIT 1
SELECT * FROM t LIMIT 1
PRAGMA short_column_names=1
PRAGMA full_column_names=0
PRAGMA fullfsync
PRAGMA hard_heap_limit
PRAGMA hard_heap_limit=100000000
PRAGMA hard_heap_limit=200000000
PRAGMA hard_heap_limit=0
PRAGMA soft_heap_limit
PRAGMA soft_heap_limit=1000000
PRAGMA soft_heap_limit=300000000
PRAGMA soft_heap_limit=0
PRAGMA soft_heap_limit
PRAGMA ignore_check_constraints
PRAGMA incremental_vacuum
PRAGMA incremental_vacuum(5)
PRAGMA index_info(nope)
PRAGMA index_info
PRAGMA index_list
PRAGMA table_info
PRAGMA table_info(nope)
PRAGMA table_info(sqlite_schema)
PRAGMA table_xinfo(sqlite_master)
PRAGMA temp.table_info(sqlite_schema)
PRAGMA main.table_info(t)
PRAGMA temp.table_info(t)
PRAGMA table_list
PRAGMA table_list(t)
PRAGMA main.table_list
PRAGMA temp.table_list
PRAGMA integrity_check
PRAGMA integrity_check(1)
PRAGMA integrity_check(t)
PRAGMA integrity_check('t')
PRAGMA integrity_check(nope)
PRAGMA integrity_check(-3)
PRAGMA integrity_check(0)
PRAGMA integrity_check(x)
PRAGMA quick_check
PRAGMA quick_check(t)
PRAGMA main.integrity_check
PRAGMA temp.integrity_check
PRAGMA journal_mode
PRAGMA journal_mode=memory
PRAGMA journal_mode=nonsense
PRAGMA journal_mode=off
PRAGMA journal_mode=truncate
PRAGMA journal_mode=persist
PRAGMA main.journal_mode=delete
PRAGMA temp.journal_mode
PRAGMA journal_size_limit
PRAGMA journal_size_limit=1000
PRAGMA journal_size_limit=-5
PRAGMA journal_size_limit='abc'
PRAGMA legacy_alter_table
PRAGMA legacy_file_format
PRAGMA legacy_file_format=1
PRAGMA legacy_file_format
PRAGMA locking_mode
PRAGMA locking_mode=exclusive
PRAGMA locking_mode=normal
PRAGMA locking_mode=nonsense
PRAGMA temp.locking_mode
PRAGMA max_page_count
PRAGMA max_page_count=1000
PRAGMA max_page_count=1
PRAGMA max_page_count=0
PRAGMA max_page_count=-1
PRAGMA max_page_count=4294967294
PRAGMA mmap_size
PRAGMA page_count
PRAGMA page_count=7
PRAGMA page_size
PRAGMA page_size=1000
PRAGMA page_size=8192
PRAGMA page_size
PRAGMA parser_trace
PRAGMA query_only
PRAGMA query_only=1
INSERT INTO t VALUES(9,9)
PRAGMA query_only=0
PRAGMA read_uncommitted
PRAGMA read_uncommitted=1
PRAGMA read_uncommitted
PRAGMA recursive_triggers=0
PRAGMA recursive_triggers
PRAGMA reverse_unordered_selects
PRAGMA reverse_unordered_selects=1
SELECT * FROM t
SELECT * FROM t WHERE a>0
SELECT b FROM t ORDER BY a
PRAGMA reverse_unordered_selects=0
PRAGMA secure_delete
PRAGMA secure_delete=1
PRAGMA secure_delete=fast
PRAGMA secure_delete=0
PRAGMA secure_delete=nonsense
PRAGMA shrink_memory
PRAGMA stats
PRAGMA synchronous
PRAGMA synchronous=off
PRAGMA synchronous
PRAGMA synchronous=extra
PRAGMA synchronous
PRAGMA synchronous=9
PRAGMA synchronous
PRAGMA synchronous=full
PRAGMA temp_store
PRAGMA temp_store=memory
PRAGMA temp_store
PRAGMA temp_store=1
PRAGMA temp_store
PRAGMA temp_store=nonsense
PRAGMA temp_store
PRAGMA temp_store_directory
PRAGMA threads
PRAGMA threads=3
PRAGMA threads=100
PRAGMA threads=0
PRAGMA trusted_schema
PRAGMA trusted_schema=0
PRAGMA trusted_schema
PRAGMA trusted_schema=1
PRAGMA writable_schema
PRAGMA writable_schema=1
PRAGMA writable_schema
UPDATE sqlite_schema SET sql='CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c)' WHERE name='t'
PRAGMA writable_schema=RESET
PRAGMA writable_schema
SELECT * FROM t
UPDATE sqlite_schema SET sql='x'
PRAGMA lock_status
PRAGMA nonsense
PRAGMA nonsense=5
PRAGMA main.nonsense
PRAGMA nope.nonsense
PRAGMA optimize
PRAGMA optimize(-1)
PRAGMA optimize(0xfffe)
PRAGMA main.optimize
PRAGMA foreign_key_check(nope)
PRAGMA foreign_key_list(nope)
PRAGMA foreign_key_check
PRAGMA table_info(t)
PRAGMA table_info='t'
PRAGMA "table_info"("t")
PRAGMA index_list('t')
PRAGMA cache_size=+5
PRAGMA cache_size
PRAGMA cache_size=--5
PRAGMA cache_size=on
PRAGMA cache_size=delete
PRAGMA cache_size=default
PRAGMA cache_size='a','b'
PRAGMA user_version(3)
PRAGMA user_version
PRAGMA user_version()
