#include "blueprint/draft.h"

namespace outlast::blueprint {

Draft without_documents(const Draft& draft) {
  Draft copy;
  copy.name = draft.name;
  copy.components = draft.components;
  copy.journeys = draft.journeys;
  copy.supplies = draft.supplies;
  copy.network_rules = draft.network_rules;
  copy.grants = draft.grants;
  copy.access = draft.access;
  copy.objectives = draft.objectives;
  copy.operators = draft.operators;
  copy.secrets = draft.secrets;
  copy.assumptions = draft.assumptions;
  copy.conditions = draft.conditions;
  copy.moves = draft.moves;
  copy.coverage = draft.coverage;
  return copy;
}

}  // namespace outlast::blueprint
