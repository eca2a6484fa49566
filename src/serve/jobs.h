#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "serve/process.h"

namespace outlast::serve {

using JobId = std::uint64_t;

/// A question as it came: which one, and what was sent along.
struct Ask {
  std::string question;  ///< "analysis", "replay", …
  std::string body;      ///< JSON
};

/// Answers a question, in a process of its own. It tells, in this order: "pass" with the name of
/// each pass that begins, "diagnostics" with a document, what the inputs are made of (see
/// serve.h), "status" with that of the answer, and "answer" with its bytes.
using Answerer = std::function<void(const Ask& ask, const Tell& tell)>;

struct JobLimits {
  std::size_t at_work = 2;
  std::size_t waiting = 32;
  std::chrono::milliseconds longest{600'000};
};

/// What a job has told since somebody last asked.
struct News {
  JobId job = 0;
  std::vector<Message> messages;
  bool is_over = false;
  bool is_late = false;  ///< it was stopped, for it took too long
};

/// Questions being answered, some at a time; the others wait for their turn.
class Jobs {
 public:
  using Clock = std::chrono::steady_clock;

  Jobs(Answerer answerer, const JobLimits& limits)
      : answerer_(std::move(answerer)), limits_(limits) {}

  /// Absent where too many wait already.
  [[nodiscard]] std::optional<JobId> add(Ask ask);

  /// Stops a job, or takes it out of the line. Nothing more is told of it.
  void cancel(JobId job);
  void cancel_all();

  void append_polls(std::vector<pollfd>& polls) const;

  /// Takes what was told, starts whose turn it is.
  [[nodiscard]] std::vector<News> work(Clock::time_point now);

 private:
  struct Waiting {
    JobId id;
    Ask ask;
  };
  struct AtWork {
    Process process;
    Clock::time_point deadline;
  };
  void start_next(Clock::time_point now, std::vector<News>& news);
  Answerer answerer_;
  JobLimits limits_;
  std::deque<Waiting> waiting_;
  std::map<JobId, AtWork> at_work_;
  JobId next_ = 1;
};

}  // namespace outlast::serve
