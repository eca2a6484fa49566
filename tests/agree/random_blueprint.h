#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

namespace outlast::agree {

/// Caches before hard needs: structure takes them for full, the clock empties them.
enum class Caches { without, with };

/// A random small architecture as blueprint text: a few components in two zones, replicas with
/// thresholds, standbys, calls and supply in any direction (loops too), alternatives with and
/// without a switch, needs of each replica for itself.
inline rc::Gen<std::string> random_blueprint(Caches caches = Caches::without) {
  return rc::gen::exec([caches] {
    const int components = *rc::gen::inRange(2, 6);
    const auto name = [](int i) { return std::string(1, static_cast<char>('A' + i)); };
    std::string yaml = "outlast: 1\nname: random\njourneys:\n  main: {enters: A}\ncomponents:\n";
    for (int i = 0; i < components; ++i) {
      const int replicas = *rc::gen::weightedElement<int>({{6, 1}, {3, 2}, {1, 3}});
      const int at_least = *rc::gen::inRange(1, replicas + 1);
      const bool standby =
          replicas == 2 && *rc::gen::weightedElement<bool>({{3, false}, {1, true}});
      const auto zones = *rc::gen::element<std::string>("[a]", "[b]", "[a, b]", "[b, a]");
      yaml += "  " + name(i) +
              ": {kind: compute, provider: any, region: r, scope: zone, zones: " + zones +
              ", replicas: " + std::to_string(replicas) +
              ", at_least: " + std::to_string(standby ? 1 : at_least) +
              (standby ? ", redundancy: primary_standby" : "") +
              ", failure: {every: 30d, repair: 40h}, needs: [";
      const int needs = *rc::gen::inRange(0, 3);
      for (int n = 0; n < needs; ++n) {
        const auto other = [&] {
          const int j = *rc::gen::inRange(0, components - 1);
          return name(j >= i ? j + 1 : j);
        };
        const std::string kind = *rc::gen::element<std::string>("service", "service", "supply");
        const int shape = *rc::gen::inRange(0, caches == Caches::with ? 6 : 5);
        const std::string first = other();
        const std::string second = other();
        if (shape <= 1 || first == second) {
          yaml += "{to: " + first + ", kind: " + kind + "}, ";
        } else if (shape == 2) {
          yaml += "{to: " + first + ", kind: " + kind + ", local: true}, ";
        } else if (shape == 3) {
          yaml += "{any_of: [" + first + ", " + second + "], kind: " + kind + "}, ";
        } else if (shape == 5) {
          yaml += "{to: " + first + ", kind: " + kind + ", cached: {in: " + second +
                  "}}, {to: " + second + ", strength: soft}, ";
        } else {
          yaml += "{any_of: [" + first + ", " + second + "], via: " + other() + ", kind: " + kind +
                  "}, ";
        }
      }
      yaml += "]}\n";
    }
    return yaml;
  });
}

}  // namespace outlast::agree
