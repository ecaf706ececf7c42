"""A report as anyone drops it on a page: short, and one of its rates is not what its numbers say."""

from __future__ import annotations

TEXT = """示例区人民政府2023年法治政府建设年度报告
一、主要举措和成效
（一）健全行政执法工作体系。全面推行行政执法公示制度，规范执法行为，加强执法监督和案卷评查。
（二）化解矛盾纠纷。全年受理行政复议案件260件，已审结202件，审结率85%，协助接回约220余名人员。
二、存在的不足和原因
一是行政执法规范化水平有待提升，原因是培训不够。
三、下一年度主要安排
加强行政执法培训，提升规范化水平。
示例区人民政府
2024年1月10日
"""
PAPER = {"name": "报告.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}
