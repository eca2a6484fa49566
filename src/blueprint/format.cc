#include "blueprint/format.h"

namespace outlast::blueprint {
namespace {

using enum Section;
using T = KeyType;

constexpr FormatKey kKeys[] = {
    {top, "outlast", T::integer, "version of this format: 1"},
    {top, "name", T::text, "name of the architecture"},
    {top, "objectives", T::section, "what the owners want", objectives},
    {top, "operators", T::section, "who is there to act; none declared, none counted", operators},
    {top, "journeys", T::named_sections, "what users come for", journey},
    {top, "components", T::named_sections, "what the architecture is made of", component},

    {objectives, "availability", T::share, "share of time that users are served"},
    {objectives, "recovery", T::section, "how soon service and data must be back", recovery},
    {objectives, "users", T::section, "how many users there are", users},
    {objectives, "budget", T::money_per_month, "what it may cost"},

    {recovery, "hardware", T::section, "a server dies", recovery_objective},
    {recovery, "zone", T::section, "a data centre is lost", recovery_objective},
    {recovery, "region", T::section, "a region or a service in it is lost", recovery_objective},
    {recovery, "provider", T::section, "a provider or third party is lost", recovery_objective},
    {recovery, "software", T::section, "a bad release or configuration", recovery_objective},
    {recovery, "data", T::section, "data is deleted", recovery_objective},
    {recovery, "security", T::section, "a credential leaks", recovery_objective},
    {recovery_objective, "rto", T::duration, "longest time without service"},
    {recovery_objective, "rpo", T::duration, "longest stretch of data that may be lost"},

    {users, "now", T::number, "users today"},
    {users, "peak", T::number, "users at the peak to survive"},
    {users, "within", T::duration, "how fast they become that many"},
    {users, "requests_per_minute", T::number, "requests of one user a minute"},
    {users, "busy", T::section, "the busy part of every day", busy_hours},
    {busy_hours, "from", T::time_of_day, "when it begins, UTC: 13:00"},
    {busy_hours, "until", T::time_of_day, "when it ends, UTC"},
    {busy_hours, "users", T::number, "users while it lasts"},

    {operators, "react", T::duration, "time until somebody acts"},
    {operators, "may", T::texts, "what they may do: promote, rebuild, restore"},

    {journey, "enters", T::text, "component at which users come in"},
    {journey, "cohorts", T::named_sections, "users by place of entry, instead of enters", cohort},
    {journey, "operations", T::texts, "operations it takes: read, write, or names of your own"},
    {journey, "weight", T::share, "share of all users"},
    {journey, "value", T::money_per_hour, "what it earns"},
    {journey, "importance", T::importance, "low: may be lost without the verdict turning to no"},
    {journey, "availability", T::share, "objective of this journey alone"},
    {cohort, "enters", T::text, "component at which these users come in"},
    {cohort, "share", T::share, "share of the journey's users"},

    {component, "type", T::text, "provider.service[.variant], such as aws.ec2"},
    {component, "name", T::text, "short name for people"},
    {component, "kind", T::kind, "what it is for, where the type does not tell"},
    {component, "service_model", T::service_model, "who patches and scales it"},
    {component, "provider", T::text, "who runs it, where the type does not tell"},
    {component, "account", T::text, "account or subscription it lies in"},
    {component, "region", T::text, "region it lies in"},
    {component, "zones", T::texts, "zones its replicas are dealt over"},
    {component, "scope", T::scope, "how far the provider spreads it"},
    {component, "size", T::text, "instance type or size"},
    {component, "replicas", T::integer, "how many run"},
    {component, "at_least", T::integer, "how many of them carry the load"},
    {component, "redundancy", T::redundancy, "do all replicas serve, or does one stand by"},
    {component, "relocates", T::boolean, "is a lost replica started again elsewhere by itself"},
    {component, "workload", T::boolean, "does it run what users came for"},
    {component, "internet", T::boolean, "is it reachable from the internet"},
    {component, "operations", T::texts, "operations it takes part in; none given: all"},
    {component, "holds", T::text, "class of data: customers, payments, …"},
    {component, "fate", T::fate, "what it shares its fate with: {rack: [r1, r2], image: base}"},
    {component, "traits", T::traits,
     "what its provider tells customers apart by: {proxy: new, bot_management: true}"},
    {component, "needs", T::needs, "what it cannot do without"},
    {component, "backups", T::section, "copies that are no replicas", backups},
    {component, "copies", T::named_sections, "copies of its data, one by one", copy},
    {component, "credential", T::text, "who can delete its data; none given: its account"},
    {component, "encrypted_by", T::text, "the key without which its data cannot be read"},
    {component, "on_primary_loss", T::on_primary_loss,
     "where only a replica elsewhere is left: promote it (lose its lag) or wait (lose time)"},
    {component, "failure", T::section, "how often one replica fails, if you know better", failure},
    {component, "switching", T::section, "how fast a dead replica is left alone", switching},
    {component, "scale", T::section, "how it grows", scale},
    {component, "calls", T::section, "what it does when a call does not come back", calls},
    {component, "rollout", T::section, "how a release reaches its replicas", rollout},
    {component, "configuration", T::section,
     "how a configuration that is no part of a release reaches them", rollout},

    {need, "to", T::text, "the component needed"},
    {need, "any_of", T::texts, "alternatives; the first is the active one"},
    {need, "at_least", T::integer, "how many of the alternatives"},
    {need, "via", T::text, "the component that switches between them"},
    {need, "strength", T::strength, "what its loss does"},
    {need, "kind", T::edge_kind, "supply: what must come from somewhere"},
    {need, "operations", T::texts, "operations that need it; none given: all"},
    {need, "loses", T::interval, "soft: share of the journey's value that is lost"},
    {need, "buffer", T::duration, "async, refresh: how long it lasts without"},
    {need, "every", T::duration, "refresh: how often it is renewed"},
    {need, "retry", T::duration, "refresh: how soon a renewal that failed is tried again"},
    {need, "pool", T::duration, "how long an established connection lives; none given: 0s"},
    {need, "ttl", T::duration, "how long the address behind the name is kept"},
    {need, "detect", T::duration, "time until the loss is noticed"},
    {need, "takes", T::duration, "time the switch takes once noticed"},
    {need, "local", T::local, "each replica needs its own: true, or the zone it is in"},

    {backups, "every", T::duration, "time between two"},
    {backups, "retention", T::duration, "how long they are kept; 0s: there are none"},
    {backups, "in", T::text, "region that holds them"},

    {copy, "kind", T::copy_kind, "replica, snapshot, log or export; not given: snapshot"},
    {copy, "every", T::duration, "time between two; of a replica or log how far it lags"},
    {copy, "retention", T::duration, "how far it goes back"},
    {copy, "in", T::text, "region that holds it"},
    {copy, "provider", T::text, "who holds it; not given: the store's provider"},
    {copy, "account", T::text, "account that holds it; not given: the store's"},
    {copy, "credential", T::text, "who can delete it; not given: the store's"},
    {copy, "encrypted_by", T::text, "the key without which it cannot be read"},
    {copy, "immutable", T::boolean, "nobody can delete it before its retention ends"},
    {copy, "tested", T::boolean, "it was restored at least once"},
    {copy, "restorable", T::share, "probability that it can be restored, if you know better"},
    {copy, "restore", T::duration, "time a restore takes"},

    {failure, "every", T::duration, "mean time between two failures of one replica"},
    {failure, "repair", T::duration, "mean time until it is good again"},

    {switching, "detect", T::duration, "time until a dead replica is noticed"},
    {switching, "takes", T::duration, "time the switch takes once noticed"},
    {switching, "coverage", T::share,
     "share of faults of one replica that the others stand in for"},
    {switching, "freed", T::duration, "mean time until people end an outage by one they did not"},
    {switching, "good", T::duration, "mean time until the replica itself is good after that"},

    {scale, "min", T::integer, "fewest replicas"},
    {scale, "max", T::integer, "most replicas"},
    {scale, "target", T::text, "signal and level it is kept at: cpu 60%"},
    {scale, "warm_up", T::duration, "time until a new replica is useful"},

    {calls, "timeout", T::duration, "when a call is given up"},
    {calls, "retries", T::integer, "how often it is tried again"},
    {calls, "backoff", T::backoff, "pause between tries: 100ms..2s jitter"},
    {calls, "breaker", T::breaker, "when it stops calling: 50% in 10s"},

    {rollout, "strategy", T::text, "all_at_once, rolling, canary or blue_green"},
    {rollout, "steps", T::shares, "shares reached before everyone"},
    {rollout, "bake", T::duration, "wait and watch after each step"},
    {rollout, "watched", T::boolean, "does a step stop by itself; not given: where it has a bake"},
    {rollout, "gate", T::share, "share of failed requests from which on it stops"},
    {rollout, "starts_checked", T::boolean, "does what cannot start stop it before users come"},
    {rollout, "activation", T::duration, "time until a change takes effect where it is"},
    {rollout, "revert", T::duration, "time it takes to go back"},
    {rollout, "reversible", T::boolean, "can it be undone, or only be repaired forward"},
    {rollout, "every", T::duration, "time between two changes"},
    {rollout, "bad", T::share, "share of the changes that are bad"},
};

}  // namespace

std::span<const FormatKey> format_keys() {
  return kKeys;
}

}  // namespace outlast::blueprint
