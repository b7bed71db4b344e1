"""Charts drawn on the server: SVG with title and description, and the same data as a table.

One code for pages and for PDF.
"""

from apps.core.charts.bars import BarChart
from apps.core.charts.base import Chart, Interval, Series, Table
from apps.core.charts.heat import HeatCell, HeatTable
from apps.core.charts.histograms import Histogram
from apps.core.charts.lines import LineChart
from apps.core.charts.profiles import ProfileChart
from apps.core.charts.scatters import Curve, FunnelChart, Point, ScatterChart
from apps.core.charts.shares import ShareChart
from apps.core.charts.timelines import Stretch, Timeline

__all__ = [
    "BarChart",
    "Chart",
    "Curve",
    "FunnelChart",
    "HeatCell",
    "HeatTable",
    "Histogram",
    "Interval",
    "LineChart",
    "Point",
    "ProfileChart",
    "ScatterChart",
    "Series",
    "ShareChart",
    "Stretch",
    "Table",
    "Timeline",
]
