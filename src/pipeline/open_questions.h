#pragma once

#include <optional>
#include <string>
#include <vector>

#include "blueprint/blueprint.h"
#include "failure/events.h"
#include "failure/impact.h"

namespace outlast::pipeline {

/// What the blueprint leaves open, and which events can turn out differently because of it.
class OpenQuestions {
 public:
  explicit OpenQuestions(const blueprint::Blueprint& bp);

  [[nodiscard]] bool touch(const failure::Event& event) const;

  /// Can the event be worse than on the evidence? Only through needs that are only inferred or hold
  /// for nobody knows how long, and where its zone may take what lies in others.
  [[nodiscard]] bool can_worsen(const failure::Event& event) const;

 private:
  const blueprint::Blueprint& bp_;
  std::vector<bool> is_touched_;  ///< what something open leads to: its events are open too
  bool has_places_ = false;
  bool has_any_ = false;
  bool leaves_needs_open_ = false;        ///< which take part, or how long one can do without
  std::vector<bool> stands_for_unknown_;  ///< by fate group
};

/// The one fact that would settle what an event does.
[[nodiscard]] std::string open_question(const blueprint::Blueprint& bp,
                                        const failure::Event& event);

/// Whether the loss of a zone lets something move to another one, where no input says; none where
/// that is no question.
[[nodiscard]] std::optional<std::string> place_question(const blueprint::Blueprint& bp,
                                                        const failure::Event& event);

/// Does the component only pass users on, and names nobody?
[[nodiscard]] bool forwards_nowhere(const blueprint::Blueprint& bp, const blueprint::Component& c);

/// What a path rests on that was not understood, if anything; named once.
[[nodiscard]] std::optional<std::string> not_understood(const blueprint::Blueprint& bp,
                                                        const std::vector<failure::Path>& paths);

/// By component: does it stop with something that was not understood?
[[nodiscard]] std::vector<bool> rests_on_unknown(const blueprint::Blueprint& bp);

/// Where nothing that was understood serves users, but not all was understood: what it is may.
[[nodiscard]] std::optional<std::string> nothing_serves_but(const blueprint::Blueprint& bp);

/// Either of them: what may be what does not survive, so that no answer but a fall is sure.
[[nodiscard]] std::optional<std::string> blind_spot_of(const blueprint::Blueprint& bp,
                                                       const std::vector<failure::Path>& paths);

/// Users from outside come by a name; who answers for it the input need not show.
[[nodiscard]] std::optional<std::string> nameless_entry(const blueprint::Blueprint& bp,
                                                        const std::vector<failure::Path>& paths);

}  // namespace outlast::pipeline
