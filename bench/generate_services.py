"""Writes large inputs of services for timings.

usage: generate_services.py dependencies [SERVICES CALLS] > dependencies.json   (Jaeger's list)
       generate_services.py manifests [MANIFESTS] > manifests.yaml              (Kubernetes)

Calls are spread as measured call graphs are: about a third of the services are called by none, few
are called by very many, and some call in circles. The same arguments give the same bytes.
"""

import json
import random
import sys


def calls_among(services, calls, chance):
    """Pairs (caller, called), each once; whoever is not at the top is called by somebody."""
    order = list(range(services))
    chance.shuffle(order)
    top = order[: int(services * 0.35)]
    below = order[len(top):]
    popularity = [1 / (rank + 1) ** 0.8 for rank in range(len(below))]
    pairs = {(chance.choice(order), called) for called in below}
    pairs |= {(caller, chance.choices(below, popularity)[0]) for caller in top}
    while len(pairs) < calls:
        pairs.add((chance.choice(order), chance.choices(below, popularity)[0]))
    return sorted(pair for pair in pairs if pair[0] != pair[1])


def dependencies(services=1238, calls=4271):
    chance = random.Random(7)
    pairs = calls_among(services, calls, chance)
    chance.shuffle(pairs)
    print(json.dumps([{"parent": f"service{caller}", "child": f"service{called}",
                       "callCount": chance.randrange(1, 2000)} for caller, called in pairs], indent=2))


DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {{name: service{n}, namespace: shop{area}, labels: {{app: service{n}}}}}
spec:
  replicas: {replicas}
  selector: {{matchLabels: {{app: service{n}}}}}
  template:
    metadata: {{labels: {{app: service{n}}}}}
    spec:
      containers:
        - name: main
          image: registry.example/shop/service{n}:1.4.2
          ports: [{{containerPort: 8080}}]
          resources: {{requests: {{cpu: 100m, memory: 128Mi}}, limits: {{memory: 256Mi}}}}
          readinessProbe: {{httpGet: {{path: /ready, port: 8080}}, periodSeconds: 10}}
          env:
{env}
"""
SERVICE = """apiVersion: v1
kind: Service
metadata: {{name: service{n}, namespace: shop{area}}}
spec:
  selector: {{app: service{n}}}
  ports: [{{port: 80, targetPort: 8080}}]
"""
BUDGET = """apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{name: service{n}, namespace: shop{area}}}
spec:
  maxUnavailable: 1
  selector: {{matchLabels: {{app: service{n}}}}}
"""
INGRESS = """apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: front, namespace: shop0}
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: service0, port: {number: 80}}}}
"""


def manifests(count=600):
    """A third of them each: workloads, the services before them, their budgets; and an ingress."""
    chance = random.Random(7)
    workloads = max(1, (count - 1) // 3)
    area_of = [n * 5 // workloads for n in range(workloads)]
    documents = [INGRESS]
    for n in range(workloads):
        called = chance.sample(range(workloads), k=min(workloads, chance.randrange(1, 6)))
        env = "\n".join(f"            - {{name: SERVICE{other}_URL, value: "
                        f"'http://service{other}.shop{area_of[other]}:80'}}"
                        for other in called if other != n)
        facts = {"n": n, "area": area_of[n], "replicas": 1 + n % 3,
                 "env": env or "            []"}
        documents += [kind.format(**facts) for kind in (DEPLOYMENT, SERVICE, BUDGET)]
    print("---\n".join(documents), end="")


if __name__ == "__main__":
    kinds = {"dependencies": dependencies, "manifests": manifests}
    if len(sys.argv) < 2 or sys.argv[1] not in kinds:
        sys.exit(__doc__)
    kinds[sys.argv[1]](*map(int, sys.argv[2:]))
