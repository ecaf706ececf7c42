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
ALARMED = click.option("--alarmed", type=FILE, help="自拟的句子：紧急程度、句子。与来信一起学习，不参加检验。")
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
@ALARMED
@click.option("--json", "as_json", is_flag=True, help="给程序读的JSON。")
def evaluate_hand(
    files: tuple[Path, ...], labels: Path, sentences: Path | None, alarmed: Path | None, *, as_json: bool
) -> None:
    """检验把握：各部分来信由其余部分学到的权重来读，说的把握和实际正确率对照。

    \b
    例：fazhi triage hand evaluate 来信.tsv 信箱.csv --labels 人工结果.tsv
    """
    from fazhi.triage.hand import judge

    read, missing = _read(files, labels)
    told = judge(read, _sentences(sentences), _alarmed(alarmed))
    told["missing"] = missing
    click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_json else _table(told))


@hand.command("learn")
@MAILS
@LABELS
@SENTENCES
@ALARMED
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="权重写到哪个文件。")
def learn_hand(files: tuple[Path, ...], labels: Path, sentences: Path | None, alarmed: Path | None, out: Path) -> None:
    """从人工读过的来信学出紧急程度、类型和程序的权重。

    \b
    例：fazhi triage hand learn 来信.tsv --labels 人工结果.tsv --out handling_weights.json
    """
    from fazhi.triage.hand import learn_all

    read, missing = _read(files, labels)
    told = learn_all(read, _sentences(sentences), _alarmed(alarmed))
    out.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    click.echo(f"{len(read)} 件来信，{missing} 件没有找到；权重写在 {out.name}。")


def _read(files: tuple[Path, ...], labels: Path) -> tuple[list[Any], int]:
    from fazhi.triage.labels import Read, digest_of, read_labels

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
    return [(read_letter(text), kind, way) for kind, way, text in _rows(path, 3)]


def _alarmed(path: Path | None) -> list[tuple[Letter, Any]]:
    return [(read_letter(text), level) for level, text in _rows(path, 2)]


def _rows(path: Path | None, cells: int) -> list[list[str]]:
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if len(row) == cells]


TITLES = {
    "pressing_found": "紧急的信，找到的",
    "said_pressing_is": "说紧急的，确实紧急",
    "life_found_pressing": "危及生命的，按紧急找到",
    "life_found_at_once": "危及生命的，按立即处置找到",
    "said_at_once_is": "说立即处置的，确实危及生命",
    "said_at_once_presses": "说立即处置的，确实紧急",
}


def _urgency(told: dict[str, Any]) -> list[str]:
    lines = []
    for part, title in (("fresh", "定稿后另抽的来信"), ("chance", "随机抽的来信")):
        one = told[part]
        if one["letters"]:
            lines += ["", f"紧急程度（{title} {one['letters']} 件）：校准误差 {one['calibration_error']:.3f}"]
            lines += [
                f"  {of['share']:.3f}  [{of['low']:.3f}, {of['high']:.3f}]  {of['letters']:>4} 件  {TITLES[name]}"
                for name, of in one["measures"].items()
            ]
    return lines


def _table(told: dict[str, Any]) -> str:
    lines = [f"来信 {told['letters']} 件，没有找到 {told['missing']} 件"]
    lines += _urgency(told["urgency"])
    for name, title in (("type", "类型"), ("way", "适用程序")):
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
