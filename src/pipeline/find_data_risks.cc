#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::Component;
using blueprint::ComponentId;
using findings::Finding;
using findings::Severity;
using findings::Words;

void find_data_risks(FindingMaker& maker) {
  const auto used = maker.on_a_path();
  for (const ComponentId id : base::ids<ComponentId>(maker.bp().components().size())) {
    const Component& c = maker.bp()[id];
    const auto& retention = c.backups.retention;
    if (!c.is_store || !retention.is_known() || retention->value > 0) {
      continue;
    }
    Words words;
    words.name = c.name;
    Finding finding = maker.start("no_backup", {id}, words);
    finding.severity = used.contains(id) ? Severity::high : Severity::medium;
    finding.cut = {c.id};
    point_at(retention.span(), finding);
    for (const failure::EventId event : base::ids<failure::EventId>(maker.cases().events.size())) {
      if (maker.cases().events[event].kind == failure::EventKind::data_deleted &&
          maker.cases().events[event].component == id) {
        maker.is_about(event, finding);
      }
    }
    maker.add(std::move(finding));
  }
}

}  // namespace outlast::pipeline
