package org.libsql4j;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.libsql4j.error.LibsqlException;
import org.libsql4j.error.ResultCode;

/** How TLS connections are made, from files. */
final class TlsFiles {
  private static final char[] NO_PASSWORD = {};

  private final X509TrustManager trust;
  private final SSLSocketFactory factory;

  /**
   * @param certificates PEM file of those to trust; null for those of the platform
   * @param keys PKCS12 file with the client's key and certificate; null for none
   * @throws LibsqlException CANTOPEN if a file cannot be read or understood
   */
  TlsFiles(@Nullable Path certificates, @Nullable Path keys, char[] keyPassword) {
    try {
      trust = trustManager(certificates == null ? null : trusted(certificates));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys == null ? null : keyManagers(keys, keyPassword), new TrustManager[] {trust}, null);
      factory = context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new LibsqlException(
          ResultCode.CANTOPEN, "cannot use certificates or keys: " + e.getMessage(), e);
    }
  }

  X509TrustManager trust() {
    return trust;
  }

  SSLSocketFactory factory() {
    return factory;
  }

  private static KeyStore trusted(Path certificates) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, NO_PASSWORD);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(certificates))) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("certificate" + number++, each);
      }
      if (number == 0) {
        throw new IOException("no certificate in " + certificates);
      }
    }
    return store;
  }

  private static X509TrustManager trustManager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    for (TrustManager manager : managers.getTrustManagers()) {
      if (manager instanceof X509TrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("the platform has no trust manager for X.509");
  }

  private static KeyManager[] keyManagers(Path keys, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, password);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, password);
    return managers.getKeyManagers();
  }
}
