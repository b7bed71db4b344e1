"""Charts drawn on the server: SVG with title and description, and the same data as a table.

One code for pages and for PDF.
"""

from apps.core.charts.bars import BarChart
from apps.core.charts.base import Chart, Series, Table
from apps.core.charts.histograms import Histogram
from apps.core.charts.lines import LineChart

__all__ = ["BarChart", "Chart", "Histogram", "LineChart", "Series", "Table"]
