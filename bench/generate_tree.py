#!/usr/bin/env python3
"""generate_tree.py EVENTS SEED > model.xml: a coherent fault tree in the Open-PSA format.

Gates are made from the bottom up over events and gates not used yet, and now and then over one used
before: shared parts, nesting, and k of n, about as reliability studies have them."""
import random
import sys

events, seed = int(sys.argv[1]), int(sys.argv[2])
draw = random.Random(seed)
free = [f'e{i}' for i in range(events)]
draw.shuffle(free)
used, gates = [], []
while len(free) > 1:
    wanted = draw.choice((2, 2, 3, 3, 4, 5))
    inputs = [free.pop(draw.randrange(len(free))) for _ in range(min(wanted, len(free)))]
    if used and draw.random() < 0.25:
        inputs.append(draw.choice(used[-40:]))
    inputs = sorted(set(inputs))
    name = f'g{len(gates)}'
    kind = draw.choice(('or', 'or', 'and', 'atleast'))
    if kind == 'atleast' and len(inputs) < 3:
        kind = 'and'
    gates.append((name, kind, inputs))
    used += inputs
    free.insert(0, name)


def reference(name):
    tag = 'gate' if name[0] == 'g' else 'basic-event'
    return f'<{tag} name="{name}"/>'


print('<?xml version="1.0"?>\n<opsa-mef>\n<define-fault-tree name="t">')
for name, kind, inputs in reversed(gates):
    opening = f'atleast min="{len(inputs) // 2 + 1}"' if kind == 'atleast' else kind
    print(f'<define-gate name="{name}"><{opening}>{"".join(map(reference, inputs))}</{kind}></define-gate>')
print('</define-fault-tree>\n<model-data>')
for i in range(events):
    p = 10 ** draw.uniform(-4, -1)
    print(f'<define-basic-event name="e{i}"><float value="{p:.6g}"/></define-basic-event>')
print('</model-data>\n</opsa-mef>')
