package org.agreementledger.api.http;

import org.jspecify.annotations.Nullable;

/** A body of JSON as a plain tree of Map, List, String, Boolean and numbers; no property twice. */
public record JsonTree(@Nullable Object root) {}
