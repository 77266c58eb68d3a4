"""Tables as offices have them: how a kind of table is to be read, proposed by looking, kept as data, used again."""

from .model import Column, Layout, read_layout, write_layout
from .noted import Reading
from .proposal import Proposal
from .propose import propose
from .reading import Read, read_table

__all__ = ["Column", "Layout", "Proposal", "Read", "Reading", "propose", "read_layout", "read_table", "write_layout"]
