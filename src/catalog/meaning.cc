#include "catalog/meaning.h"

#include "catalog/passes.h"
#include "catalog/translate.h"

namespace outlast::catalog {

void read_meaning(blueprint::Draft& draft, const Catalog& catalog, base::Diagnostics& diagnostics) {
  translate_resources(catalog, draft);
  if (!draft.resources.empty()) {
    join_traced_services(catalog, draft);
    find_clusters(catalog, draft);
    Sight sight(draft, catalog);
    make_components(sight, draft, diagnostics);
    read_lifetimes(sight, draft);
    read_traits(sight, draft);
    find_regions(sight, draft);
    count_against_limits(sight, draft);
    make_needs(sight, draft);
    place_in_clusters(sight, draft, diagnostics);
    find_replicas(sight, draft);
    make_calls(sight, draft);
    make_routed_needs(sight, draft);
    leave_out_put_aside(draft);
    read_firewalls(sight, draft);
    read_grants(sight, draft);
    infer_untold_needs(sight, draft);
    doubt_conditions(sight, draft);
    find_exposure(sight, draft);
    find_background(sight, draft);
    read_access(sight, draft);
    read_safeguards(sight, draft);
    read_joined_networks(sight, draft);
    measure_coverage(sight, draft);
  }
  merge_overlays(draft, diagnostics);
  join_traces(catalog, draft);
  note_unknowns(catalog, draft);
  fill_facts(catalog, draft, diagnostics);
  infer_journeys(catalog, draft);
}

}  // namespace outlast::catalog
