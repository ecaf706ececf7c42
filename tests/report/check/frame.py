"""A report without fault, into which one passage is set."""

from fazhi.report.claims import ReadReport
from fazhi.report.read import read_text

TEXT = """示例区人民政府{year}年法治政府建设年度报告

来源：示例区人民政府 发布时间：{published}

{year}年，示例区深入推进依法行政，现将有关情况报告如下：
一、主要举措和成效
（一）健全政府机构职能体系。持续深化“放管服”改革，优化营商环境。
（二）健全依法行政制度体系。严格规范性文件合法性审核。
（三）健全行政决策制度体系。落实公众参与、专家论证和集体讨论程序。
（四）健全行政执法工作体系。全面推行行政执法公示制度。
（五）健全突发事件应对体系。完善应急预案，组织应急演练。
（六）健全社会矛盾纠纷行政预防调处化解体系。{passage}
（七）健全行政权力制约和监督体系。自觉接受人大监督，推进政务公开。
（八）健全法治政府建设科技保障体系。推进政务数据共享。
对上年度报告所列不足，已逐条完成整改。
二、存在的不足和原因
一是行政执法规范化水平有待提升，原因是培训不够。二是人民调解力量薄弱，原因是经费不足。
三、党政主要负责人履行推进法治建设第一责任人职责情况
主要负责人带头学法、述法。
四、下一年度主要安排
（一）加强行政执法培训，提升规范化水平。
（二）充实人民调解队伍，保障工作经费。
示例区人民政府
{signed}
"""


def report_of(
    passage: str, *, year: int = 2023, published: str = "2024-01-15", signed: str = "2024年1月10日"
) -> ReadReport:
    """The faultless report with this passage in its sixth part."""
    return read_text(TEXT.format(passage=passage, year=year, published=published, signed=signed))
