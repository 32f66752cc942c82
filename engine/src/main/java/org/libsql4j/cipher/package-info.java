/**
 * Encryption at rest in libSQL's format, {@code aes256cbc}: that of wxSQLite3, which SQLite3
 * Multiple Ciphers knows by that name.
 *
 * <p>Called by the Java API and by what sets keys in SQL; a {@link org.libsql4j.pager.PageCodec} is
 * all that the layers below see of it. A page is as large as without, there is no salt and no
 * authentication code: who changes an encrypted file is not found out.
 *
 * <h2>The key</h2>
 *
 * <ol>
 *   <li>The first 32 bytes of the passphrase followed by 32 bytes that never change.
 *   <li>SHA-256 of these, and 4001 times SHA-256 of what came out.
 * </ol>
 *
 * <h2>A page</h2>
 *
 * <ul>
 *   <li>Its key: SHA-256 of the key, the page number as 4 bytes (little-endian), and {@code sAlT}.
 *   <li>Its initialization vector: MD5 of 4 numbers of 4 bytes (little-endian) that follow from the
 *       page number. Each is L'Ecuyer's second generator, x = 40692 x mod 2147483399, once more,
 *       the first from x = page number + 1.
 *   <li>AES-256 in CBC mode without padding, over all of it.
 * </ul>
 *
 * <h2>Page 1</h2>
 *
 * <p>Size of pages, versions and reserved bytes can be read without the key:
 *
 * <table>
 *   <caption>Beginning of the file</caption>
 *   <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 *   <tr><td>0</td><td>8</td><td>first half of the encrypted bytes 0..15</td></tr>
 *   <tr><td>8</td><td>8</td><td>what encrypting bytes 16 to the end has put at 16</td></tr>
 *   <tr><td>16</td><td>8</td><td>bytes 16..23 of the page, in plain</td></tr>
 *   <tr><td>24</td><td></td><td>the rest of that encryption</td></tr>
 * </table>
 *
 * <p>That bytes 16..23 come out of the decryption as they stand there is the proof of the key.
 */
package org.libsql4j.cipher;
