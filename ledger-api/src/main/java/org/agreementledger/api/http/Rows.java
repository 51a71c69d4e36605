package org.agreementledger.api.http;

import org.agreementledger.api.csv.Columns;

/** The same as rows of a spreadsheet. */
record Rows<T>(Columns<T> columns, Iterable<T> items) {}
