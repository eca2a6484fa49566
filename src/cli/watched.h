#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>

#include "base/progress.h"

namespace outlast::cli {

/// Tells on a terminal's last line how much of something long is done, and takes that away again.
/// Where nobody watches, nothing is told.
class Watched {
 public:
  /// in  what  of which the hundredths are; outlives this
  explicit Watched(std::string_view what)
      : progress_([what](int hundredths) {
          fmt::print(stderr, "{}outlast: {} % of {} …", kClear, hundredths, what);
        }) {}
  ~Watched() { end(); }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

  [[nodiscard]] base::Progress* progress() { return is_watched_ ? &progress_ : nullptr; }

  /// What is told next begins on a line of its own.
  void end() {
    if (is_watched_) {
      std::fputs(kClear, stderr);
      is_watched_ = false;
    }
  }

 private:
  static constexpr const char* kClear = "\r\x1b[K";
  bool is_watched_ = isatty(fileno(stderr)) != 0;
  base::Progress progress_;
};

}  // namespace outlast::cli
