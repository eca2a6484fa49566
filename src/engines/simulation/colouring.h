#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engines/simulation/model.h"

namespace outlast::engines::simulation {

/// The calls of a station in their order: alternatives together, every other call alone.
[[nodiscard]] std::vector<std::span<const CallId>> choices_in(const Model& model,
                                                              const Station& station);

/// Colours of the stations of a model: those of one colour fare alike. Private to `alike`.
class Colouring {
 public:
  /// assumes `model` outlives it, and `check_model` holds
  explicit Colouring(const Model& model);

  /// Refines until what has one colour can become one station.
  /// out  false: hardly any two are alike
  [[nodiscard]] bool settle();

  /// Colours once they are settled: 0 … colours − 1.
  [[nodiscard]] std::size_t colours() const { return known_.size(); }
  [[nodiscard]] std::size_t rank_of(StationId station) const;
  /// A call as its caller sees it: those that look the same are made to stations of one colour.
  [[nodiscard]] std::uint64_t look_of(CallId call) const;
  /// A call, or alternatives, likewise.
  [[nodiscard]] std::uint64_t look_of(std::span<const CallId> choice) const;
  /// Calls to the same station that are made alike by callers of one colour.
  [[nodiscard]] double callers_of(CallId call) const;

 private:
  using Colour = std::uint64_t;
  using Choices = std::vector<std::span<const CallId>>;
  static constexpr std::size_t kUsers = SIZE_MAX;

  void mark(CallId call, Colour by);
  void mark(StationId station, Colour by);
  void set_apart(StationId station);
  void set_apart(CallId call);
  void mark_alternatives();
  void mark_sources();
  void mark_changes();
  void mark_what_is_watched();
  bool refine();
  void refine_once();
  void count_calls();
  bool part_what_is_mixed();
  void part_runs(const Choices& choices);
  [[nodiscard]] bool has_twins_apart(const Choices& choices) const;
  [[nodiscard]] bool has_uneven_choice(const Choices& choices) const;
  [[nodiscard]] Colour colour_from(CallId call) const;
  [[nodiscard]] Colour arrival_of(CallId call) const;

  const Model& model_;
  std::vector<Colour> own_;        ///< of stations, whatever stands around them
  std::vector<Colour> calls_;      ///< of calls, whatever stands at their ends
  std::vector<std::size_t> from_;  ///< by call, the station that makes it
  std::vector<Colour> colours_;    ///< of stations, as far as they are refined
  std::vector<Colour> known_;      ///< each once, sorted
  std::vector<Colour> arrivals_;   ///< of all calls, sorted
};

}  // namespace outlast::engines::simulation
