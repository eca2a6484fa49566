#include "pipeline/operating.h"

#include <algorithm>

namespace outlast::pipeline {

using blueprint::Component;
using blueprint::Kind;
using blueprint::ServiceModel;
using findings::Operating;

namespace {

bool is_operated(const Component& c) {
  return c.kind == Kind::compute || c.kind == Kind::database || c.kind == Kind::storage ||
         c.kind == Kind::messaging;
}

/// What says of no provider who runs it is run by its owners.
ServiceModel operated_as(const Component& c) {
  const ServiceModel model = c.service_model.value_or(ServiceModel::iaas);
  return model == ServiceModel::saas ? ServiceModel::faas : model;
}

}  // namespace

void visit_tasks(const blueprint::Blueprint& bp,
                 const std::function<void(const equivalents::Task&, bool)>& visit) {
  for (const Component& c : bp.components()) {
    if (!is_operated(c)) {
      continue;
    }
    const bool is_of_data = c.is_store || c.kind != Kind::compute;
    const bool is_alone = c.replicas.size() == 1 && c.scope == blueprint::Scope::zone;
    for (const auto& task : equivalents::built_in_tables().tasks) {
      if (task.model == operated_as(c) && task.is_of_data == is_of_data) {
        visit(task, is_alone);
      }
    }
  }
}

std::vector<Operating> operates_of(const blueprint::Blueprint& bp) {
  std::vector<Operating> all;
  visit_tasks(bp, [&](const equivalents::Task& task, bool) {
    if (task.is_once) {
      return;
    }
    auto known = std::find_if(all.begin(), all.end(),
                              [&](const Operating& one) { return one.task == task.name; });
    if (known == all.end()) {
      all.push_back({std::string(task.name), 0, 0, 0, 0, 0});
      known = all.end() - 1;
    }
    (task.who == "you"      ? known->by_you
     : task.who == "shared" ? known->shared
                            : known->by_provider)++;
    known->hours_low += task.hours_low;
    known->hours_high += task.hours_high;
  });
  return all;
}

}  // namespace outlast::pipeline
