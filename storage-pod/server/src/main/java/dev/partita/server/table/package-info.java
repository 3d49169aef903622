/// CreateTable, DescribeTable, ListTables, UpdateTable, DeleteTable.
@NullMarked
package dev.partita.server.table;

import org.jspecify.annotations.NullMarked;
