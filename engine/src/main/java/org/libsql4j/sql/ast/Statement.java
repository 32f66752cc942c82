package org.libsql4j.sql.ast;

/** A statement. */
public sealed interface Statement
    permits Select,
        Insert,
        Update,
        Delete,
        CreateTable,
        CreateIndex,
        CreateView,
        CreateTrigger,
        CreateVirtualTable,
        CreateFunction,
        Drop,
        AlterTable,
        TransactionStatement,
        Attach,
        Detach,
        Pragma,
        Analyze,
        Reindex,
        Vacuum,
        Explain {}
