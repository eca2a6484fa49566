#include "serve/jobs.h"

#include <algorithm>
#include <utility>

namespace outlast::serve {

std::optional<JobId> Jobs::add(Ask ask) {
  if (waiting_.size() >= limits_.waiting) {
    return std::nullopt;
  }
  waiting_.push_back({next_, std::move(ask)});
  return next_++;
}

void Jobs::cancel(JobId job) {
  at_work_.erase(job);
  waiting_.erase(std::remove_if(waiting_.begin(), waiting_.end(),
                                [&](const Waiting& waiting) { return waiting.id == job; }),
                 waiting_.end());
}

void Jobs::cancel_all() {
  at_work_.clear();
  waiting_.clear();
}

void Jobs::append_polls(std::vector<pollfd>& polls) const {
  for (const auto& [id, job] : at_work_) {
    polls.push_back({job.process.descriptor(), POLLIN, 0});
  }
}

std::vector<News> Jobs::work(Clock::time_point now) {
  std::vector<News> news;
  for (auto& [id, job] : at_work_) {
    News told{id, job.process.take(), false, now >= job.deadline};
    told.is_over = job.process.is_over() || told.is_late;
    if (told.is_over || !told.messages.empty()) {
      news.push_back(std::move(told));
    }
  }
  for (const News& told : news) {
    if (told.is_over) {
      at_work_.erase(told.job);
    }
  }
  start_next(now, news);
  return news;
}

void Jobs::start_next(Clock::time_point now, std::vector<News>& news) {
  while (!waiting_.empty() && at_work_.size() < limits_.at_work) {
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    auto process = Process::start([&](const Tell& tell) { answerer_(next.ask, tell); });
    if (process) {
      at_work_.emplace(next.id, AtWork{std::move(*process), now + limits_.longest});
    } else {
      news.push_back({next.id, {}, true, false});
    }
  }
}

}  // namespace outlast::serve
