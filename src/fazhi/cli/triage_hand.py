"""`fazhi triage hand`: type, procedure and urgency judged by letters that people read, and learned from them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import click

from fazhi.cli.triage import FILE, triage
from fazhi.cli.triage_tables import NotSorted, read_texts
from fazhi.desk.tables.read import Unreadable
from fazhi.triage.letter import Letter, read_letter

LABELS = click.option(
    "--labels", type=FILE, required=True, help="人工读信的结果：来信摘要、部分、紧急程度、类型、程序。"
)
SENTENCES = click.option("--sentences", type=FILE, help="自拟的句子：类型、程序、句子。与来信一起学习，不参加检验。")
MAILS = click.argument("files", nargs=-1, required=True, type=FILE)


@triage.group()
def hand() -> None:
    """类型、适用程序、紧急程度：用人工读过的来信检验和学习。结果只存来信的摘要，不存文字。

    \b
    例：fazhi triage hand evaluate 来信.tsv 信箱.csv --labels 人工结果.tsv
    """


@hand.command("evaluate")
@MAILS
@LABELS
@SENTENCES
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def evaluate_hand(files: tuple[Path, ...], labels: Path, sentences: Path | None, *, as_json: bool) -> None:
    """检验把握：各部分来信由其余部分学到的权重来读，说的把握和实际正确率对照。

    \b
    例：fazhi triage hand evaluate 来信.tsv 信箱.csv --labels 人工结果.tsv
    """
    from fazhi.triage.hand import judge

    read, missing = _read(files, labels)
    told = judge(read, _sentences(sentences))
    told["missing"] = missing
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _table(told))


@hand.command("learn")
@MAILS
@LABELS
@SENTENCES
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="权重写到哪个文件。")
def learn_hand(files: tuple[Path, ...], labels: Path, sentences: Path | None, out: Path) -> None:
    """从人工读过的来信学出类型和程序的权重，并说出紧急程度各种依据的正确率。

    \b
    例：fazhi triage hand learn 来信.tsv --labels 人工结果.tsv --out handling_weights.json
    """
    from fazhi.triage.hand import learn_both, urgency_shares

    read, missing = _read(files, labels)
    told = learn_both(read, _sentences(sentences))
    out.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    click.echo(f"{len(read)} 件来信，{missing} 件没有找到；权重写在 {out.name}。紧急程度各种依据的正确率：")
    for basis, share in urgency_shares(read).items():
        click.echo(f"{basis} = {share}")


def _read(files: tuple[Path, ...], labels: Path) -> tuple[list[Any], int]:
    from fazhi.triage.hand import Read, digest_of, read_labels

    try:
        known = read_labels(labels.read_text(encoding="utf-8").splitlines())
        found: dict[str, Letter] = {}
        for path in files:
            for title, text in read_texts(path):
                if (digest := digest_of(title, text)) in known:
                    found[digest] = read_letter(text, title)
    except (Unreadable, NotSorted, ValueError) as error:
        raise click.ClickException(str(error)) from error
    if not found:
        raise click.ClickException("这些文件里没有人工读过的来信：摘要一件也对不上，请核对文件。")
    read = [Read(found[digest], label) for digest, label in known.items() if digest in found]
    return read, len(known) - len(read)


def _sentences(path: Path | None) -> list[tuple[Letter, str, str]]:
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) == 3]
    return [(read_letter(text), kind, way) for kind, way, text in rows]


def _table(told: dict[str, Any]) -> str:
    lines = [f"来信 {told['letters']} 件，没有找到 {told['missing']} 件"]
    for name, title in (("urgency", "紧急程度"), ("type", "类型"), ("way", "适用程序")):
        one = told[name]
        lines += [
            "",
            f"{title}：正确 {one['right']:.3f}，平均把握 {one['sure']:.3f}，校准误差 {one['calibration_error']:.3f}，"
            f"宏平均F1 {one['macro_f1']:.3f}",
        ]
        if name in told["agreement"]:
            twice = told["agreement"][name]
            lines.append(f"  {twice['letters']} 件读过两遍：一致 {twice['alike']:.2f}，kappa {twice['kappa']:.2f}")
        lines.append("  所说的把握  实际正确  件数")
        lines += [f"  {bin['sure']:>9.3f}  {bin['right']:>8.3f}  {bin['answers']:>4}" for bin in one["reliability"]]
    return "\n".join(lines)
