"""The root of the command line, to which every family of commands adds itself."""

import click


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="fazhi", message="fazhi %(version)s")
def fazhi() -> None:
    """法治 Fazhi：法治政府建设业务平台。

    \b
    例：fazhi demo                       看一个示例区的全年业务
        fazhi serve                      启动自己的平台
        fazhi import appeals 台账.xlsx   导入来信台账
        fazhi COMMAND --help             每个命令的说明和示例
    """
