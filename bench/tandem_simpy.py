#!/usr/bin/python3
"""The requests of bench/simulate.cc in SimPy 2 (apt-get install python3-simpy): events a second.

A user comes, and is served by three tiers of 24 servers one after the other: four events."""
import random
import resource
import time

from SimPy.Simulation import Process, Resource, activate, hold, initialize, release, request, simulate

WORK_S, SERVERS, LONG_S = (0.001, 0.01, 0.004), 24, 20
RATE = 0.7 * SERVERS / 0.01
done = 0


class User(Process):
    def visit(self, tiers):
        global done
        for tier, work_s in zip(tiers, WORK_S):
            yield request, self, tier
            yield hold, self, random.expovariate(1 / work_s)
            yield release, self, tier
        done += 1


class Users(Process):
    def come(self, tiers):
        while True:
            yield hold, self, random.expovariate(RATE)
            user = User()
            activate(user, user.visit(tiers))


initialize()
random.seed(1)
users = Users()
begin = time.process_time()
activate(users, users.come([Resource(capacity=SERVERS) for _ in WORK_S]))
simulate(until=LONG_S)
rate = 4 * done / (time.process_time() - begin)
peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f'requests, {"SimPy 2":<24} {rate / 1e6:7.3f} million events a second, {peak_mb:.0f} MB')
