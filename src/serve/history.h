#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

struct sqlite3;

namespace outlast::serve {

/// A number of a run whose trend is worth knowing.
struct Number {
  std::string name;  ///< "availability", "findings.high"
  double value = 0;
  bool more_is_better = false;
};

/// What is kept of a run.
struct Run {
  std::string at;       ///< UTC, "2026-01-31T12:00:00Z"
  std::string inputs;   ///< which architecture: the paths it was read from
  std::string name;     ///< of the architecture
  std::string version;  ///< of the program
  std::string digest;   ///< of name, version and numbers: a run that says nothing new is not kept
  std::vector<Number> numbers;
};

struct Recorded {
  bool is_new = false;  ///< false: the last run of these inputs said the same
};

/// Runs over time, in one SQLite file. A run is kept wholly or not at all, whatever becomes of the
/// process meanwhile (write-ahead log, a transaction a run), and several servers may share a file.
class History {
 public:
  /// Opens a file, and makes it where there is none.
  /// errors  it cannot be written, is no history, or one of a later version
  [[nodiscard]] static base::Result<History> open(const std::string& path);

  [[nodiscard]] base::Result<Recorded> record(const Run& run);

  /// The last runs of these inputs and the trend of each number, as a document of ours.
  [[nodiscard]] base::Result<std::string> trends(const std::string& inputs) const;

  /// Looks through the whole file; an error tells what is broken.
  [[nodiscard]] base::Result<Recorded> check() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const;
  };
  explicit History(std::unique_ptr<sqlite3, Close> database) : database_(std::move(database)) {}
  [[nodiscard]] base::Result<Recorded> prepare();
  [[nodiscard]] base::Result<Recorded> insert_if_new(const Run& run);
  [[nodiscard]] base::Result<Recorded> insert(const Run& run);
  std::unique_ptr<sqlite3, Close> database_;
};

/// The document of `trends` where no history is kept.
[[nodiscard]] std::string no_history();

/// Where the history lies if nobody says: below the user's state folder; empty where the
/// environment names none.
/// in  home, state  $HOME and $XDG_STATE_HOME, empty where they are not set
[[nodiscard]] std::string usual_history(const std::string& home, const std::string& state);

}  // namespace outlast::serve
