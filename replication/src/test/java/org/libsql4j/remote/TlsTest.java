package org.libsql4j.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.libsql4j.Connection;
import org.libsql4j.Database;
import org.libsql4j.RemoteBuilder;

/** Servers and clients that show certificates. */
class TlsTest {
  private static final String PASSWORD = "secret";
  private static final String GOOD =
      FakeServer.ANSWER
          + "{\"type\":\"ok\",\"response\":{\"type\":\"execute\",\"result\":{}}},"
          + FakeServer.AUTO_COMMIT
          + "]}";

  @TempDir Path folder;

  /** Makes a key in {@code NAME.p12} and its certificate in {@code NAME.pem}. */
  private void makeKey(String name) throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        "CN=" + name,
        "-validity",
        "2",
        "-ext",
        "san=ip:127.0.0.1",
        "-keystore",
        name + ".p12",
        "-storetype",
        "PKCS12");
    keytool(
        "-exportcert", "-rfc", "-alias", name, "-keystore", name + ".p12", "-file", name + ".pem");
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  private FakeServer startServer(boolean wantsClientKey) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(folder.resolve("client.pem"))) {
      trusted.setCertificateEntry(
          "client", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
    HttpsServer https = HttpsServer.create();
    https.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = context.getDefaultSSLParameters();
            ssl.setNeedClientAuth(wantsClientKey);
            parameters.setSSLParameters(ssl);
          }
        });
    FakeServer server = new FakeServer(https);
    server.answering(GOOD);
    return server;
  }

  private static void use(RemoteBuilder builder) {
    try (Connection connection = builder.build().connect()) {
      connection.execute("DELETE FROM t");
    }
  }

  @Test
  void certificatesOfBothSides() throws Exception {
    makeKey("server");
    makeKey("client");
    Path serverCertificate = folder.resolve("server.pem");
    Path clientKey = folder.resolve("client.p12");
    try (FakeServer server = startServer(false)) {
      String url = "libsql://127.0.0.1:" + server.port();
      use(Database.remoteBuilder(url).tls(serverCertificate, null, null));
      assertThatThrownBy(() -> use(Database.remoteBuilder(url)))
          .hasMessageStartingWith("cannot connect to https://127.0.0.1:");
      assertThatThrownBy(
              () -> use(Database.remoteBuilder(url).tls(folder.resolve("client.pem"), null, null)))
          .hasMessageStartingWith("cannot connect to https://127.0.0.1:");
    }
    try (FakeServer server = startServer(true)) {
      String url = "https://127.0.0.1:" + server.port();
      use(Database.remoteBuilder(url).tls(serverCertificate, clientKey, PASSWORD));
      assertThatThrownBy(() -> use(Database.remoteBuilder(url).tls(serverCertificate, null, null)))
          .isInstanceOf(RemoteException.class);
      assertThatThrownBy(
              () -> Database.remoteBuilder(url).tls(serverCertificate, clientKey, "wrong"))
          .hasMessageContaining("cannot use certificates or keys");
      assertThatThrownBy(() -> Database.remoteBuilder(url).tls(clientKey, null, null))
          .hasMessageContaining("cannot use certificates or keys");
    }
  }
}
