package org.libsql4j.compat.files;

import static org.libsql4j.compat.files.SampleSchemas.counted;

import java.util.List;

/** A shop's database of the shape that sample databases have: artists, albums, tracks, invoices. */
final class MusicShop {
  private MusicShop() {}

  static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE Artist (ArtistId INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, Name NVARCHAR(120))",
          "CREATE TABLE Album (AlbumId INTEGER NOT NULL, Title NVARCHAR(160) NOT NULL,"
              + " ArtistId INTEGER NOT NULL, CONSTRAINT PK_Album PRIMARY KEY (AlbumId),"
              + " FOREIGN KEY (ArtistId) REFERENCES Artist (ArtistId) ON DELETE NO ACTION)",
          "CREATE TABLE Genre (GenreId INTEGER PRIMARY KEY, Name NVARCHAR(120) UNIQUE)",
          "CREATE TABLE Track (TrackId INTEGER PRIMARY KEY, Name NVARCHAR(200) NOT NULL, AlbumId INTEGER,"
              + " GenreId INTEGER, Composer NVARCHAR(220), Milliseconds INTEGER NOT NULL, Bytes INTEGER,"
              + " UnitPrice NUMERIC(10,2) NOT NULL CHECK (UnitPrice > 0))",
          "CREATE TABLE Customer (CustomerId INTEGER PRIMARY KEY, FirstName NVARCHAR(40) NOT NULL,"
              + " Email NVARCHAR(60) NOT NULL COLLATE NOCASE UNIQUE, Country NVARCHAR(40))",
          "CREATE TABLE Invoice (InvoiceId INTEGER PRIMARY KEY, CustomerId INTEGER NOT NULL,"
              + " InvoiceDate DATETIME NOT NULL, Total NUMERIC(10,2) NOT NULL DEFAULT 0)",
          "CREATE TABLE InvoiceLine (InvoiceLineId INTEGER PRIMARY KEY, InvoiceId INTEGER NOT NULL,"
              + " TrackId INTEGER NOT NULL, UnitPrice NUMERIC(10,2) NOT NULL, Quantity INTEGER NOT NULL)",
          "CREATE TABLE PlaylistTrack (PlaylistId INTEGER NOT NULL, TrackId INTEGER NOT NULL,"
              + " CONSTRAINT PK_PlaylistTrack PRIMARY KEY (PlaylistId, TrackId))",
          "CREATE INDEX IFK_AlbumArtistId ON Album (ArtistId)",
          "CREATE INDEX IFK_TrackAlbumId ON Track (AlbumId)",
          "CREATE INDEX IFK_TrackGenreId ON Track (GenreId)",
          "CREATE INDEX IFK_InvoiceCustomerId ON Invoice (CustomerId)",
          "CREATE INDEX IFK_InvoiceLineInvoiceId ON InvoiceLine (InvoiceId)",
          "CREATE INDEX IFK_InvoiceLineTrackId ON InvoiceLine (TrackId)",
          counted(275) + "INSERT INTO Artist SELECT i, 'Artist ' || h FROM n",
          counted(347) + "INSERT INTO Album SELECT i, 'Album ' || h, 1 + h % 275 FROM n",
          counted(25) + "INSERT INTO Genre SELECT i, 'Genre ' || i FROM n",
          counted(3503)
              + "INSERT INTO Track SELECT i, 'Track ' || h, 1 + i / 11, 1 + h % 25,"
              + " CASE h % 3 WHEN 0 THEN NULL ELSE 'Composer ' || h % 300 END, 100000 + h, h * 83,"
              + " CASE h % 10 WHEN 0 THEN 1.99 ELSE 0.99 END FROM n",
          counted(59)
              + "INSERT INTO Customer SELECT i, 'Name' || h, 'c' || i || '@example.org',"
              + " CASE h % 4 WHEN 0 THEN 'Brazil' WHEN 1 THEN 'Österreich' WHEN 2 THEN 'Kanada' END FROM n",
          counted(412)
              + "INSERT INTO Invoice SELECT i, 1 + h % 59, date('2021-01-01', '+' || i || ' days')"
              + " || ' 00:00:00', h % 1000 / 50.0 FROM n",
          counted(2240)
              + "INSERT INTO InvoiceLine SELECT i, 1 + i / 6, 1 + h % 3503, 0.99, 1 FROM n",
          counted(8715)
              + "INSERT OR IGNORE INTO PlaylistTrack SELECT 1 + h % 18, 1 + i % 3503 FROM n",
          "CREATE VIEW Sales AS SELECT c.Country, count(*) AS Invoices, sum(i.Total) AS Total"
              + " FROM Invoice i JOIN Customer c ON c.CustomerId = i.CustomerId GROUP BY c.Country",
          "CREATE VIEW AlbumLength AS SELECT a.Title, r.Name AS Artist, sum(t.Milliseconds) AS Length"
              + " FROM Album a JOIN Artist r USING (ArtistId) LEFT JOIN Track t ON t.AlbumId = a.AlbumId"
              + " GROUP BY a.AlbumId");
}
