package org.libsql4j.compat.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Tokens as a server that was started with their key accepts them. */
final class Tokens {
  private final KeyPair keys;

  Tokens() throws GeneralSecurityException {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  /** Writes what the server is to be given as {@code --auth-jwt-key-file}. */
  Path keyFile(Path folder) throws IOException {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    return Files.writeString(folder.resolve("jwt.pem"), pem);
  }

  /**
   * @param claims as JSON
   */
  String token(String claims) throws GeneralSecurityException {
    String text =
        encode("{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}".getBytes(UTF_8))
            + "."
            + encode(claims.getBytes(UTF_8));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.getPrivate());
    signature.update(text.getBytes(UTF_8));
    return text + "." + encode(signature.sign());
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
