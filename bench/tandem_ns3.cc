// The requests of bench/simulate.cc on the core of ns-3 (apt-get install libns3-dev): events a second.
//
// A user comes, and is served by three tiers of 24 servers one after the other: four events. Only the
// event scheduler and the random streams of ns-3 are used, no network, so that its kernel is what is
// timed.
//
// usage: tandem_ns3

#include <fmt/format.h>
#include <sys/resource.h>

#include <ns3/nstime.h>
#include <ns3/random-variable-stream.h>
#include <ns3/simulator.h>
#include <array>
#include <ctime>

namespace {

constexpr std::array kWork_s = {0.001, 0.01, 0.004};
constexpr int kServers = 24;
constexpr double kRate = 0.7 * kServers / 0.01;
constexpr double kLong_s = 100;

class Tandem {
 public:
  void come() {
    ns3::Simulator::Schedule(after(1 / kRate), &Tandem::come, this);
    ++events;
    reach(0);
  }

  unsigned long events = 0;

 private:
  struct Tier {
    int busy = 0;
    int waiting = 0;
  };

  [[nodiscard]] ns3::Time after(double mean_s) {
    return ns3::Seconds(mean_s * one_->GetValue(1, 0));
  }

  void reach(std::size_t tier) {
    if (tiers_.at(tier).busy < kServers) {
      serve(tier);
    } else {
      ++tiers_.at(tier).waiting;
    }
  }

  void serve(std::size_t tier) {
    ++tiers_.at(tier).busy;
    ns3::Simulator::Schedule(after(kWork_s.at(tier)), &Tandem::finish, this, tier);
  }

  void finish(std::size_t tier) {
    ++events;
    Tier& left = tiers_.at(tier);
    --left.busy;
    if (left.waiting > 0) {
      --left.waiting;
      serve(tier);
    }
    if (tier + 1 < tiers_.size()) {
      reach(tier + 1);
    }
  }

  ns3::Ptr<ns3::ExponentialRandomVariable> one_ =
      ns3::CreateObject<ns3::ExponentialRandomVariable>();
  std::array<Tier, kWork_s.size()> tiers_ = {};
};

}  // namespace

int main() {
  Tandem tandem;
  ns3::Simulator::ScheduleNow(&Tandem::come, &tandem);
  ns3::Simulator::Stop(ns3::Seconds(kLong_s));
  const std::clock_t begin = std::clock();
  ns3::Simulator::Run();
  const double took_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  ns3::Simulator::Destroy();
  rusage use = {};
  (void)getrusage(RUSAGE_SELF, &use);
  fmt::print("requests, {:<24} {:7.3f} million events a second, {} MB\n", "ns-3",
             static_cast<double>(tandem.events) / took_s / 1e6, use.ru_maxrss / 1024);
}
