"""Bar charts of a workbook, in the colours of the house; in Word files the same ones."""

from xlsxwriter import Workbook

SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
ROW, FRAME = 34, 90  # pixels: one bar, title and legend


def stacked_bars(workbook: Workbook, sheet: str, fills: list[str], rows: int, *, title: str = "", first: int = 1):
    """One bar for each row of the sheet, made of as many parts as there are colours, from column `first` on.

    Row 0 names the parts, column 0 the bars.
    """
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for column, fill in enumerate(fills, start=first):
        chart.add_series({
            "name": [sheet, 0, column],
            "categories": [sheet, 1, 0, rows, 0],
            "values": [sheet, 1, column, rows, column],
            "fill": {"color": fill},
            "border": {"color": "#FFFFFF", "width": 0.75},
            "gap": 45,
        })  # fmt: skip
    chart.set_title({"name": title, "name_font": {"size": 12}} if title else {"none": True})
    chart.set_legend({"position": "bottom"})
    # Excel draws bars from below; the first field shall stand on top.
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0", "major_gridlines": {"visible": True, "line": {"color": "#C3CEDE"}}})
    return chart
