"""Files for the tests of offer files, made on the spot: workbooks, archives, Shapefiles, GeoPackages, map answers."""

import io
import json
import sqlite3
import struct
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import shapefile
import shapely

UTM32 = (
    'PROJCS["ETRS_1989_UTM_Zone_32N",GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,'
    '298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",9.0],'
    'PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)
TOWN_HALL = (51.4819, 7.2162)
"""Latitude and longitude, and the same place in UTM, Gauß-Krüger by zone, and Web Mercator."""
IN_UTM32 = (376136.99, 5704925.01)
IN_GAUSS_KRUEGER = {2: (2584527.17, 5705961.58), 3: (3376160.47, 5706767.04)}
IN_MERCATOR = (803303.71, 6706983.04)
BERLIN = (52.52, 13.4)
BERLIN_IN_UTM33 = (391440.03, 5820079.67)


def csv_bytes(*lines, encoding="utf-8", end="\n"):
    return end.join((*lines, "")).encode(encoding)


def json_bytes(value):
    return json.dumps(value, ensure_ascii=False).encode()


def archive(parts, compression=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return stream.getvalue()


def repacked(content, name, change):
    """The same archive with one part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        parts = {part: opened.read(part) for part in opened.namelist()}
    return archive({**parts, name: change(parts[name])})


def workbook(prepare=None, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if prepare:
        prepare(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def layer(points=(), areas=(), names=(), encoding="utf-8", prj=UTM32, cpg="UTF-8", stem="kitas"):
    """The parts of a Shapefile of points or areas with columns "nr" and "name"."""
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    kind = shapefile.POLYGON if areas else shapefile.POINT
    with shapefile.Writer(shp=shp, shx=shx, dbf=dbf, shapeType=kind, encoding=encoding) as written:
        written.field("nr", "N", 8)
        written.field("name", "C", 40)
        for number, place in enumerate(areas or points, 1):
            written.poly(place) if areas else written.null() if place is None else written.point(*place)
            written.record(number, names[number - 1] if names else f"Ort {number}")
    parts = {f"{stem}.shp": shp.getvalue(), f"{stem}.shx": shx.getvalue(), f"{stem}.dbf": dbf.getvalue()}
    parts |= {f"{stem}.prj": prj.encode()} if prj else {}
    return parts | ({f"{stem}.cpg": cpg.encode()} if cpg else {})


def geopackage(script="", code=25832, places=(IN_UTM32,)):
    """A GeoPackage with a layer of points and a table without shapes; `script` changes it afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.gpkg"
        database = sqlite3.connect(path)
        database.executescript(
            f"""
            CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id INTEGER PRIMARY KEY, organization,
                organization_coordsys_id, definition, description);
            CREATE TABLE gpkg_contents (table_name, data_type, identifier, srs_id);
            CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);
            CREATE TABLE kitas (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT, plaetze INTEGER);
            CREATE TABLE traeger (id INTEGER PRIMARY KEY, name TEXT);
            INSERT INTO gpkg_spatial_ref_sys VALUES ('', {code}, 'EPSG', {code}, '', '');
            INSERT INTO gpkg_contents VALUES ('kitas', 'features', 'Kitas der Stadt', {code});
            INSERT INTO gpkg_contents VALUES ('traeger', 'attributes', '', NULL);
            INSERT INTO gpkg_geometry_columns VALUES ('kitas', 'geom', 'POINT', {code}, 0, 0);
            INSERT INTO traeger VALUES (1, 'Awo'), (2, 'Müttercafé');
            """
        )
        for number, place in enumerate(places, 1):
            envelope = struct.pack("<4d", place[0], place[0], place[1], place[1])
            blob = b"GP\0\3" + struct.pack("<i", code) + envelope + shapely.to_wkb(shapely.Point(place))
            database.execute("INSERT INTO kitas VALUES (?, ?, ?, 25)", (number, blob, f"Kita {number}"))
        database.executescript(script)
        database.commit()
        database.close()
        return path.read_bytes()


def feature(place, kind="Point", **properties):
    geometry = None if place is None else {"type": kind, "coordinates": place}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features, **about):
    return json_bytes({"type": "FeatureCollection", **about, "features": features})


def named_crs(name):
    return {"type": "name", "properties": {"name": name}}


def square(east, north, size=1.0):
    """A ring, counter-clockwise, as GeoJSON has outer rings."""
    return [
        [east, north],
        [east + size, north],
        [east + size, north + size],
        [east, north + size],
        [east, north],
    ]
