/**
 * JSON functions. Everything works on JSONB, the binary form in which SQLite stores JSON.
 *
 * <p>A JSONB element is a header followed by a payload. The low four bits of the header's first
 * byte are the type, the high four bits the payload's length in bytes, or where the length is:
 *
 * <pre>
 *   high bits  length
 *   0..11      itself
 *   12         next byte
 *   13         next 2 bytes, big-endian
 *   14         next 4 bytes
 *   15         next 8 bytes
 *
 *   type       payload
 *   0 NULL     none
 *   1 TRUE     none
 *   2 FALSE    none
 *   3 INT      text of a JSON integer
 *   4 INT5     text of a JSON5 integer (hexadecimal)
 *   5 FLOAT    text of a JSON number
 *   6 FLOAT5   text of a JSON5 number (point first or last)
 *   7 TEXT     string that needs no escapes in JSON or SQL
 *   8 TEXTJ    string with JSON escapes
 *   9 TEXT5    string with JSON5 escapes
 *  10 TEXTRAW  string as it is, to be escaped for JSON
 *  11 ARRAY    elements
 *  12 OBJECT   labels (types 7 to 10) and values in turn
 * </pre>
 *
 * <p>JSONB may come from an application or a file: nothing in it is trusted. Whoever reads an
 * element checks that it ends within its container and reports "malformed JSON" otherwise.
 *
 * <p>Source: <a href="https://www.sqlite.org/jsonb.html">The JSONB Format</a> and <a
 * href="https://www.sqlite.org/json1.html">JSON Functions And Operators</a>.
 */
package org.libsql4j.func.json;
