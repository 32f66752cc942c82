package org.libsql4j.func.json;

import org.libsql4j.connection.ConnectionState;
import org.libsql4j.vtab.IndexInfo;
import org.libsql4j.vtab.Module;
import org.libsql4j.vtab.RiskLevel;
import org.libsql4j.vtab.TableDefinition;
import org.libsql4j.vtab.VirtualCursor;
import org.libsql4j.vtab.VirtualTable;

/**
 * The table-valued functions json_each and json_tree, and their variants whose values are JSONB.
 *
 * <p>Source: <a href="https://www.sqlite.org/json1.html#jeach">The json_each() and json_tree()
 * table-valued functions</a>.
 */
public final class JsonTableModule implements Module {
  static final int KEY = 0;
  static final int VALUE = 1;
  static final int TYPE = 2;
  static final int ATOM = 3;
  static final int ID = 4;
  static final int PARENT = 5;
  static final int FULLKEY = 6;
  static final int PATH = 7;
  static final int JSON = 8;
  static final int ROOT = 9;

  private static final String SCHEMA =
      "CREATE TABLE x(key,value,type,atom,id,parent,fullkey,path,json HIDDEN,root HIDDEN)";

  /** Number of the index that needs the document, and the one that needs the path as well. */
  static final int DOCUMENT = 1;

  static final int DOCUMENT_AND_ROOT = 3;

  private final boolean recursive;
  private final boolean binary;

  /**
   * @param recursive whether elements of elements are rows as well
   * @param binary whether arrays and objects are given as JSONB
   */
  public JsonTableModule(boolean recursive, boolean binary) {
    this.recursive = recursive;
    this.binary = binary;
  }

  @Override
  public Kind kind() {
    return Kind.EPONYMOUS_ONLY;
  }

  @Override
  public VirtualTable connect(TableDefinition definition) {
    definition.declare(SCHEMA);
    definition.setRiskLevel(RiskLevel.INNOCUOUS);
    return new JsonTable(definition.connection(), recursive, binary);
  }

  private static final class JsonTable implements VirtualTable {
    private final ConnectionState connection;
    private final boolean recursive;
    private final boolean binary;

    JsonTable(ConnectionState connection, boolean recursive, boolean binary) {
      this.connection = connection;
      this.recursive = recursive;
      this.binary = binary;
    }

    @Override
    public boolean bestIndex(IndexInfo info) {
      int[] constraintOf = {-1, -1};
      int unusable = 0;
      for (int i = 0; i < info.constraints().size(); i++) {
        IndexInfo.Constraint constraint = info.constraints().get(i);
        int argument = constraint.column() - JSON;
        if (argument < 0) {
          continue;
        }
        if (!constraint.usable()) {
          unusable |= 1 << argument;
        } else if (constraint.operator() == IndexInfo.EQ) {
          constraintOf[argument] = i;
        }
      }
      for (int i = 0; i < constraintOf.length; i++) {
        if ((unusable >> i & 1) != 0 && constraintOf[i] < 0) {
          return false;
        }
      }
      if (info.orderBy().size() > 0
          && info.orderBy().get(0).column() < 0
          && !info.orderBy().get(0).descending()) {
        info.setOrderByConsumed(true);
      }
      if (constraintOf[0] < 0) {
        info.setIndex(0, null);
        return true;
      }
      info.setEstimatedCost(1);
      info.use(constraintOf[0], 0, true);
      if (constraintOf[1] < 0) {
        info.setIndex(DOCUMENT, null);
      } else {
        info.use(constraintOf[1], 1, true);
        info.setIndex(DOCUMENT_AND_ROOT, null);
      }
      return true;
    }

    @Override
    public VirtualCursor open() {
      return new JsonTableCursor(connection, recursive, binary);
    }
  }
}
