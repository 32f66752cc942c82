package org.libsql4j.pager;

/**
 * Turns pages into what is stored of them, and back: encryption at rest.
 *
 * <p>The pager applies it to every page on its way to the database file, the rollback journal, the
 * statement journal and the write-ahead log, and to every page that comes from there. In memory
 * pages are plain. What is not a page stays as it is: headers of journals, logs and their frames.
 *
 * <p>A codec has these properties:
 *
 * <ol>
 *   <li>A page is as large when it is stored. What is needed beside (a nonce, an authentication
 *       code) has room in the {@link #reservedBytes}.
 *   <li>Bytes 16 to 23 of page 1, from which size and format are known, are stored as they are.
 *   <li>What is stored depends on the key, the page, its number and chance alone, so that stored
 *       pages can be moved between log, journal and file.
 *   <li>A page that was never written is zeros as it is stored. Whatever it is decoded to, that
 *       does not fail.
 * </ol>
 *
 * <p>One object serves one open file and is used by one thread at a time; it may keep ciphers and
 * buffers. Pages are coded whenever they are not in the cache: allocate nothing in there that can
 * be kept.
 */
public interface PageCodec {
  /**
   * How many bytes at the end of each page are the codec's own, from 0 to 255; 0 unless overridden.
   * A new database leaves so many unused.
   */
  default int reservedBytes() {
    return 0;
  }

  /**
   * Makes of a page what is stored.
   *
   * @param pageNumber from 1
   * @param page holds the page from {@code pageOffset} on; is not changed
   * @param stored takes the result from {@code storedOffset} on; never the same array
   * @param pageSize bytes of both
   */
  void encode(
      int pageNumber, byte[] page, int pageOffset, byte[] stored, int storedOffset, int pageSize);

  /**
   * Makes of what is stored the page.
   *
   * @param pageNumber from 1
   * @param stored holds what was read, from {@code storedOffset} on; is not changed
   * @param page takes the result from {@code pageOffset} on; never the same array
   * @param pageSize bytes of both
   * @throws org.libsql4j.error.LibsqlException NOTADB if this is page 1 and was stored in another
   *     way; what the codec likes if a page has been tampered with
   */
  void decode(
      int pageNumber, byte[] stored, int storedOffset, byte[] page, int pageOffset, int pageSize);
}
