/// CreateTable, DescribeTable, ListTables, UpdateTable, DeleteTable, and what else belongs to a
/// table: its tags.
@NullMarked
package dev.partita.server.table;

import org.jspecify.annotations.NullMarked;
