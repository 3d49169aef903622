package dev.partita.e2e.wire;

/// A key pair as clients hold it.
public record Credentials(String accessKeyId, String secretAccessKey) {}
