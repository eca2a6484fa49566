// Network policies of a cluster, asked packet by packet by the words of their own documentation,
// against what becomes of them on the way through the reader, the catalog and the firewalls. The
// slow answer knows pods, labels and rules, and shares no code with the other.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engines/security/passage.h"
#include "support/make_blueprint.h"

namespace outlast {
namespace {

using Labels = std::map<std::string, std::string>;

struct Pod {
  std::string space;
  std::string name;
  Labels labels;
};

/// Pods of one namespace (that of the policy, where none is named) that wear these labels.
struct Peer {
  std::string space;
  Labels labels;
};

struct Rule {
  std::vector<Peer> peers;  ///< none: everybody
  std::vector<int> ports;   ///< none: all
};

struct Policy {
  std::string space;
  Labels protects;
  bool is_for_ingress = false;
  bool is_for_egress = false;
  std::vector<Rule> ingress;
  std::vector<Rule> egress;
};

struct Cluster {
  std::vector<Pod> pods;
  std::vector<Policy> policies;
};

constexpr int kPorts[] = {80, 443, 5432};

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  Cluster make() {
    Cluster cluster;
    for (std::size_t i = 0, n = 3 + below(3); i < n; ++i) {
      cluster.pods.push_back({space(), fmt::format("pod{}", i), labels(2)});
    }
    for (std::size_t i = 0, n = below(4); i < n; ++i) {
      Policy policy;
      policy.space = space();
      policy.protects = labels(below(3));
      policy.is_for_ingress = below(3) > 0;
      policy.is_for_egress = !policy.is_for_ingress || below(3) == 0;
      policy.ingress = policy.is_for_ingress ? rules() : std::vector<Rule>();
      policy.egress = policy.is_for_egress ? rules() : std::vector<Rule>();
      cluster.policies.push_back(std::move(policy));
    }
    return cluster;
  }

 private:
  std::size_t below(std::size_t n) { return random_() % n; }
  std::string space() { return below(2) == 0 ? "a" : "b"; }

  Labels labels(std::size_t count) {
    Labels out;
    for (const char* key : {"app", "tier"}) {
      if (count > out.size()) {
        out[key] = std::string(1, "xy"[below(2)]);
      }
    }
    return out;
  }

  std::vector<Rule> rules() {
    std::vector<Rule> all(below(3));
    for (Rule& rule : all) {
      for (std::size_t i = 0, n = below(3); i < n; ++i) {
        rule.peers.push_back({below(3) == 0 ? space() : "", labels(below(3))});
      }
      for (const int port : kPorts) {
        if (below(3) == 0) {
          rule.ports.push_back(port);
        }
      }
    }
    return all;
  }

  std::mt19937 random_;
};

// The slow answer.

bool wears(const Pod& pod, const Labels& labels) {
  return std::all_of(labels.begin(), labels.end(), [&](const auto& label) {
    const auto worn = pod.labels.find(label.first);
    return worn != pod.labels.end() && worn->second == label.second;
  });
}

bool admits(const Policy& policy, const std::vector<Rule>& rules, const Pod& other, int port) {
  return std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) {
    const bool fits_port = rule.ports.empty() || std::find(rule.ports.begin(), rule.ports.end(),
                                                           port) != rule.ports.end();
    const bool fits_peer =
        rule.peers.empty() ||
        std::any_of(rule.peers.begin(), rule.peers.end(), [&](const Peer& peer) {
          return other.space == (peer.space.empty() ? policy.space : peer.space) &&
                 wears(other, peer.labels);
        });
    return fits_port && fits_peer;
  });
}

bool passes(const Cluster& cluster, const Pod& from, const Pod& to, int port) {
  bool is_closed_in = false, is_let_in = false, is_closed_out = false, is_let_out = false;
  for (const Policy& policy : cluster.policies) {
    if (policy.is_for_ingress && policy.space == to.space && wears(to, policy.protects)) {
      is_closed_in = true;
      is_let_in = is_let_in || admits(policy, policy.ingress, from, port);
    }
    if (policy.is_for_egress && policy.space == from.space && wears(from, policy.protects)) {
      is_closed_out = true;
      is_let_out = is_let_out || admits(policy, policy.egress, to, port);
    }
  }
  return (!is_closed_in || is_let_in) && (!is_closed_out || is_let_out);
}

// The same as manifests.

std::string text_of(const Labels& labels) {
  std::string text;
  for (const auto& [key, value] : labels) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, value);
  }
  return "{ " + text + " }";
}

std::string text_of(const std::vector<Rule>& rules, std::string_view peers_at) {
  std::string text;
  for (const Rule& rule : rules) {
    std::string peers;
    for (const Peer& peer : rule.peers) {
      const std::string elsewhere =
          peer.space.empty()
              ? ""
              : fmt::format(
                    "namespaceSelector: {{ matchLabels: {{ kubernetes.io/metadata.name: {} "
                    "}} }}, ",
                    peer.space);
      peers += fmt::format("{}{{ {}podSelector: {{ matchLabels: {} }} }}",
                           peers.empty() ? "" : ", ", elsewhere, text_of(peer.labels));
    }
    std::string ports;
    for (const int port : rule.ports) {
      ports += fmt::format("{}{{ port: {} }}", ports.empty() ? "" : ", ", port);
    }
    std::string members = peers.empty() ? "" : fmt::format("{}: [{}]", peers_at, peers);
    if (!ports.empty()) {
      members += fmt::format("{}ports: [{}]", members.empty() ? "" : ", ", ports);
    }
    text += fmt::format("{}{{ {} }}", text.empty() ? "" : ", ", members);
  }
  return "[" + text + "]";
}

std::string manifests_of(const Cluster& cluster) {
  std::string text;
  for (const Pod& pod : cluster.pods) {
    text += fmt::format(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{ name: {0}, namespace: {1} }}\n"
        "spec:\n  selector: {{ matchLabels: {2} }}\n  template:\n    metadata: {{ labels: {2} }}\n"
        "    spec: {{ containers: [{{ name: c, image: shop/{0} }}] }}\n---\n",
        pod.name, pod.space, text_of(pod.labels));
  }
  for (std::size_t i = 0; i < cluster.policies.size(); ++i) {
    const Policy& policy = cluster.policies[i];
    text += fmt::format(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n"
        "metadata: {{ name: policy{}, namespace: {} }}\nspec:\n"
        "  podSelector: {{ matchLabels: {} }}\n  policyTypes: [{}{}{}]\n",
        i, policy.space, text_of(policy.protects), policy.is_for_ingress ? "Ingress" : "",
        policy.is_for_ingress && policy.is_for_egress ? ", " : "",
        policy.is_for_egress ? "Egress" : "");
    text += policy.is_for_ingress ? "  ingress: " + text_of(policy.ingress, "from") + "\n" : "";
    text += policy.is_for_egress ? "  egress: " + text_of(policy.egress, "to") + "\n" : "";
    text += "---\n";
  }
  return text;
}

/// Who lives in another namespace beside the pods of the inputs is not known.
bool names_a_namespace(const Cluster& cluster) {
  const auto named = [](const std::vector<Rule>& rules) {
    return std::any_of(rules.begin(), rules.end(), [](const Rule& rule) {
      return std::any_of(rule.peers.begin(), rule.peers.end(),
                         [](const Peer& peer) { return !peer.space.empty(); });
    });
  };
  return std::any_of(cluster.policies.begin(), cluster.policies.end(), [&](const Policy& policy) {
    return named(policy.ingress) || named(policy.egress);
  });
}

/// Where no policy stands before the called one, no firewall shows that a way leads there.
bool is_protected(const Cluster& cluster, const Pod& pod) {
  return std::any_of(cluster.policies.begin(), cluster.policies.end(), [&](const Policy& policy) {
    return policy.space == pod.space && wears(pod, policy.protects);
  });
}

TEST(Policies, LetThroughEachPacketThatTheirWordsAdmitAndNoOther) {
  std::size_t refused = 0;
  std::size_t told = 0;
  for (unsigned seed = 1; seed <= 120; ++seed) {
    const Cluster cluster = Maker(seed).make();
    const std::string manifests = manifests_of(cluster);
    const auto bp = support::make_blueprint(manifests);
    const security::Passages passages(bp);
    for (const Pod& from : cluster.pods) {
      for (const Pod& to : cluster.pods) {
        if (from.name == to.name) {
          continue;
        }
        const auto id = [&](const Pod& pod) {
          return bp.find(fmt::format("{}/Deployment/{}", pod.space, pod.name));
        };
        const auto passing = passages.between(id(from), id(to));
        for (const int port : kPorts) {
          const bool expected = passes(cluster, from, to, port);
          const std::string what =
              fmt::format("seed {}: {} → {}:{}\n{}", seed, from.name, to.name, port, manifests);
          ASSERT_TRUE(!expected || passing.at_most.tcp.has(port)) << what;
          ASSERT_TRUE(expected || !passing.surely.tcp.has(port)) << what;
          if (!names_a_namespace(cluster)) {
            ASSERT_EQ(passing.at_most.tcp.has(port), expected) << what;
            ASSERT_EQ(passing.surely.tcp.has(port), expected && is_protected(cluster, to)) << what;
          }
          refused += expected ? 0 : 1;
          ++told;
        }
      }
    }
  }
  EXPECT_GT(refused, told / 10);  // so that both answers were asked for
  EXPECT_GT(told - refused, told / 10);
}

}  // namespace
}  // namespace outlast
