"""The worklist: what each unit has to do, by the day it is due."""
