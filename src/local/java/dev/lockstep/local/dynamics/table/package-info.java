/** Dataverse's tables and the OData queries over them: columns, filters, selections, errors. */
package dev.lockstep.local.dynamics.table;
