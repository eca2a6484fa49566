#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "engines/faulttree/decisions.h"

namespace outlast::engines::faulttree {

/// if f then g else h, on edges of decision diagrams; its own stack, for a diagram is as deep as it
/// has variables.
///
/// One question has many forms (f and g, g and f, the opposite of not f or not g), and each is
/// brought to the same one before it is remembered.
/// source  Brace, Rudell & Bryant 1990
class IfThenElse {
 public:
  explicit IfThenElse(Decisions& decisions) : decisions_(decisions) {}

  /// Meaningless once the table is exhausted.
  Edge operator()(Edge f, Edge g, Edge h) {
    open_.clear();
    Triple wanted{f, g, h};
    Edge value = kFalseEdge;
    while (!decisions_.exhausted()) {
      const Edge turn = to_one_form(wanted);
      if (!find(wanted, value)) {
        wanted = begin(wanted, turn);
        continue;
      }
      value ^= turn;
      while (!open_.empty() && open_.back().has_high) {
        value = finish(value);
      }
      if (open_.empty()) {
        return value;
      }
      open_.back().has_high = true;
      open_.back().high = value;
      wanted = low_of(open_.back());
    }
    return kFalseEdge;
  }

  /// Of a question that was left open when the table was exhausted: how much of it was done, each
  /// branch taken for half of what it belongs to.
  [[nodiscard]] double share_done() const {
    double done = 0.0;
    double branch = 0.5;
    for (const Frame& frame : open_) {
      done += frame.has_high ? branch : 0.0;
      branch /= 2;
    }
    return done;
  }

 private:
  using Triple = ComputedTable::Key;
  struct Frame {
    Triple triple;
    std::uint32_t level;
    Edge turn;  ///< 1: the opposite is wanted
    Edge high = kFalseEdge;
    bool has_high = false;
  };

  /// Of all forms of a question the one with the lowest node in front and no opposite there and
  /// next to it; 1 where its answer is to be turned round.
  static Edge to_one_form(Triple& t) {
    auto& [f, g, h] = t;
    if (is_opposed(f)) {
      f = opposite(f);
      std::swap(g, h);
    }
    g = g == f ? kTrueEdge : g == opposite(f) ? kFalseEdge : g;
    h = h == f ? kFalseEdge : h == opposite(f) ? kTrueEdge : h;
    if (f == kTrueEdge || g == h) {
      return 0;
    }
    if (g >> 1U == 0) {
      exchange(f, h, g);  // f or h; not f and h
    } else if (h >> 1U == 0) {
      exchange(f, g, opposite(h));  // f and g; not f or g
    } else if (g == opposite(h) && g >> 1U < f >> 1U) {
      std::swap(f, g);
      h = opposite(g);
    }
    if (is_opposed(f)) {
      f = opposite(f);
      std::swap(g, h);
    }
    const Edge turn = g & 1U;
    g ^= turn;
    h ^= turn;
    return turn;
  }

  /// f and `other` change places where `other` has the lower node; both turned round where `turn`.
  static void exchange(Edge& f, Edge& other, Edge turn) {
    if (other >> 1U != 0 && other >> 1U < f >> 1U) {
      std::swap(f, other);
      f ^= turn;
      other ^= turn;
    }
  }

  /// True where the answer needs no work.
  bool find(const Triple& t, Edge& value) const {
    if (t.a == kTrueEdge || t.b == t.c) {
      value = t.b;
    } else if (t.b == kTrueEdge && t.c == kFalseEdge) {
      value = t.a;
    } else {
      return computed_.find(t, value);
    }
    return true;
  }

  /// Opens `t` and returns what is to be known first: its value where the topmost variable is 1.
  Triple begin(const Triple& t, Edge turn) {
    decisions_.count_step();
    const std::uint32_t level =
        std::min({decisions_.level(t.a), decisions_.level(t.b), decisions_.level(t.c)});
    open_.push_back({t, level, turn});
    const auto high = [&](Edge edge) {
      return decisions_.level(edge) == level ? decisions_.high(edge) : edge;
    };
    return {high(t.a), high(t.b), high(t.c)};
  }

  [[nodiscard]] Triple low_of(const Frame& frame) const {
    const auto low = [&](Edge edge) {
      return decisions_.level(edge) == frame.level ? decisions_.low(edge) : edge;
    };
    return {low(frame.triple.a), low(frame.triple.b), low(frame.triple.c)};
  }

  /// Closes the topmost open triple, `low` being its value where its variable is 0.
  Edge finish(Edge low) {
    const Frame frame = open_.back();
    open_.pop_back();
    const Edge value = decisions_.decide(frame.level, low, frame.high);
    computed_.fit(decisions_.size());
    computed_.put(frame.triple, value);
    return value ^ frame.turn;
  }

  Decisions& decisions_;
  ComputedTable computed_;
  std::vector<Frame> open_;
};

}  // namespace outlast::engines::faulttree
