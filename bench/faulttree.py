#!/usr/bin/env python3
"""faulttree.py OUTLAST [MODEL...]: fault trees against scram (apt-get install scram), in one run.

Each row runs both programs alternately three times on one model and shows the medians of their
processor times (user and system), their peak memory, and whether probability (in scram's six digits)
and cut sets by order agree. Where events are negated, scram lists what must have happened and we prime
implicants, which are something else and not compared. Without MODEL: the trees that scram ships, and
generated ones; MODEL may be several files with commas between. scram is given 60 seconds; a row it does
not finish is in no mean, a row that we do not solve exactly is named.
Below stand geometric means of the ratios, of time and of memory, over all rows, over those that take
scram more than half a second, and over the others."""
import json
import math
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile

LIMIT_S, RUNS, SLOW_S = 60, 3, 0.5


def run(command):
    """Output and processor seconds of the program alone; no output where it took too long."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        resource.prlimit(child.pid, resource.RLIMIT_CPU, (LIMIT_S, LIMIT_S))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = status
        out.seek(0)
        text = out.read().decode() if status == 0 else ''
        return text, usage.ru_utime + usage.ru_stime


def peak_of(command):
    """MB. A process begins with the peak of the one that made it, so `time` makes it, which is small;
    the start of `time` itself is a third of what a small model takes, and is in no seconds."""
    with tempfile.NamedTemporaryFile('r') as peak:
        limited = ['sh', '-c', f'ulimit -t {LIMIT_S}; exec "$@"', 'sh']
        subprocess.run([*limited, '/usr/bin/time', '-f', '%M', '-o', peak.name, *command],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return int(peak.read().splitlines()[-1]) / 1024


def of_scram(text):
    found = re.search(r'<sum-of-products[^>]*probability="([^"]*)"(?: distribution="([^"]*)")?', text)
    if not found:
        return None
    counts = [int(n) for n in (found.group(2) or '').split()]
    return float(found.group(1)), {k + 1: n for k, n in enumerate(counts) if n}


def of_outlast(text):
    answer = json.loads(text)
    counts = answer['cut_sets'].get('count_by_order') or {}
    cut_sets = {int(k): n for k, n in counts.items()} if answer['coherent'] else None
    return answer['probability'], cut_sets, answer['exactness']


def compare(name, outlast, files):
    own = [outlast, 'faulttree', *files, '-o', 'json']
    peer = ['scram', '--bdd', '--probability', 'true', '--limit-order', '1000', *files]
    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(run(own))
        if not theirs or theirs[0][0]:
            theirs.append(run(peer))
    mine, other = of_outlast(ours[0][0]), of_scram(theirs[0][0])
    seconds = [max(statistics.median(r[1] for r in runs), 0.001) for runs in (ours, theirs)]
    memory = [peak_of(own), peak_of(peer)]
    words = f'{mine[0]:.6g} {mine[2]}'
    if other:
        words += ', P ' + ('equal' if f'{mine[0]:.5g}' == f'{other[0]:.5g}' else f'differs: {other[0]}')
        words += ', cut sets ' + ('not compared' if mine[1] is None else
                                  'equal' if mine[1] == other[1] else 'differ')
    else:
        words += f', scram not in {LIMIT_S} s'
    print(f'{name:28} {seconds[0]:8.3f} s {memory[0]:6.0f} MB {seconds[1]:8.3f} s {memory[1]:6.0f} MB '
          f'{seconds[1] / seconds[0]:7.1f}x  {words}', flush=True)
    if other is None:
        return None
    return {'slow': seconds[1] > SLOW_S, 'time': seconds[1] / seconds[0], 'memory': memory[1] / memory[0]}


def tell_means(rows):
    for name, chosen in (('all', rows), (f'scram above {SLOW_S} s', [r for r in rows if r['slow']]),
                         (f'scram up to {SLOW_S} s', [r for r in rows if not r['slow']])):
        if chosen:
            of = {what: math.exp(statistics.mean(math.log(r[what]) for r in chosen))
                  for what in ('time', 'memory')}
            print(f'geometric mean, {name} ({len(chosen)} models): '
                  f'{of["time"]:.1f}x less time, {of["memory"]:.1f}x less memory')


def main():
    outlast, models = sys.argv[1], sys.argv[2:]
    rows = [(pathlib.Path(m.split(',')[0]).stem, m.split(',')) for m in models]
    if not rows:
        shipped = pathlib.Path('/usr/share/scram/input')
        for folder in ('CEA9601', 'ne574', 'Chinese', 'Baobab', 'Lift', 'HIPPS', 'SmallTree', 'BSCU'):
            for tree in sorted((shipped / folder).glob('*.xml')):
                extra = tree.with_name(tree.stem + '-basic-events.xml')
                if not re.search('basic-events|prob', tree.stem):
                    rows.append((tree.stem, [str(tree)] + ([str(extra)] if extra.exists() else [])))
        generator = pathlib.Path(__file__).with_name('generate_tree.py')
        work = tempfile.mkdtemp()
        for events in (50, 100, 200, 400, 800, 2000):
            for seed in (1, 2):
                path = pathlib.Path(work) / f'generated-{events}-{seed}.xml'
                path.write_text(subprocess.check_output(
                    [sys.executable, generator, str(events), str(seed)], text=True))
                rows.append((path.stem, [str(path)]))
    print(f'{"model":28} {"outlast":>18} {"scram --bdd":>21} {"ratio":>8}')
    compared = [compare(name, outlast, files) for name, files in rows]
    tell_means([row for row in compared if row])


main()
