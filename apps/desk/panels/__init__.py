"""Panels: indicators of many packs side by side. A panel is data; one page draws them all."""
