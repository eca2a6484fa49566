// The requests of bench/simulate.cc in SimGrid (apt-get install libsimgrid-dev): events a second.
//
// A user comes, and is served by three tiers of 24 servers one after the other: four events. Users
// are actors, servers are places of a semaphore, work is sleep: no network and no host is modelled,
// so that the kernel of the simulator is what is timed.
//
// usage: tandem_simgrid

#include <fmt/format.h>
#include <sys/resource.h>

#include <array>
#include <ctime>
#include <random>
#include <simgrid/s4u.hpp>
#include <string>

namespace {

namespace s4u = simgrid::s4u;

constexpr std::array kWork_s = {0.001, 0.01, 0.004};
constexpr int kServers = 24;
constexpr double kRate = 0.7 * kServers / 0.01;
constexpr double kLong_s = 100;

struct Tandem {
  std::array<s4u::SemaphorePtr, kWork_s.size()> tiers;
  std::mt19937_64 random{1};
  std::exponential_distribution<double> one;
  std::size_t done = 0;
};

void visit(Tandem& tandem) {
  for (std::size_t tier = 0; tier < kWork_s.size(); ++tier) {
    tandem.tiers[tier]->acquire();
    s4u::this_actor::sleep_for(kWork_s[tier] * tandem.one(tandem.random));
    tandem.tiers[tier]->release();
  }
  ++tandem.done;
}

void come(Tandem& tandem) {
  while (s4u::Engine::get_clock() < kLong_s) {
    s4u::this_actor::sleep_for(tandem.one(tandem.random) / kRate);
    s4u::Actor::create("user", s4u::this_actor::get_host(), [&tandem] { visit(tandem); });
  }
}

}  // namespace

int main() {
  std::array<std::string, 3> words = {"tandem_simgrid", "--cfg=contexts/stack-size:16",
                                      "--log=root.thresh:error"};
  std::array<char*, 4> arguments = {words[0].data(), words[1].data(), words[2].data(), nullptr};
  int count = 3;
  s4u::Engine engine(&count, arguments.data());
  auto* const zone = s4u::create_full_zone("zone");
  auto* const host = zone->create_host("host", 1e9)->seal();
  zone->seal();
  Tandem tandem;
  for (auto& tier : tandem.tiers) {
    tier = s4u::Semaphore::create(kServers);
  }
  s4u::Actor::create("users", host, [&tandem] { come(tandem); });
  const std::clock_t begin = std::clock();
  engine.run();
  const double took_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  rusage use = {};
  (void)getrusage(RUSAGE_SELF, &use);
  fmt::print("requests, {:<24} {:7.3f} million events a second, {} MB\n", "SimGrid",
             4 * static_cast<double>(tandem.done) / took_s / 1e6, use.ru_maxrss / 1024);
}
