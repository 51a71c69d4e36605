package org.agreementledger.cli;

import java.util.List;

/** A list as it is answered over HTTP, all pages in one. */
record AnswerList<T>(List<T> items) {}
