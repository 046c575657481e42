from benchside.outreach.models.items import Item, StockEntry
from benchside.outreach.models.orders import Order, OrderLine, SchoolTally

__all__ = ["Item", "Order", "OrderLine", "SchoolTally", "StockEntry"]
