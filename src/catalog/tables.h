#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/date.h"
#include "blueprint/vocabulary.h"

/// Shape of the compiled catalog. The tables are written at build time from data/catalog/*.yaml
/// by tools/compile_catalog; nothing is parsed when the program starts.
namespace outlast::catalog {

/// How well a figure is founded.
enum class Trust : char {
  verified = 'V',  ///< read in a stored copy of the source
  memory = 'M',    ///< from memory of the source
  estimate = 'E'   ///< ours
};

struct Citation {
  std::string_view source = {};
  std::string_view date = {};
  Trust trust = Trust::estimate;
};

/// A named number of the catalog. Parts that do not apply are negative.
struct Figure {
  std::string_view name = {};   ///< "failure", "switch", "relocate" …
  double every_years = -1;      ///< mean time between two
  double median_s = -1;         ///< duration
  double p90_s = -1;            ///< equal to the median where the duration is fixed
  double detect_s = -1;         ///< of a switch: until it is noticed
  double share = -1;            ///< a probability
  bool covers_parents = false;  ///< the published rate includes what takes down the whole place
  Citation citation;
};

/// What a resource becomes.
enum class Becomes {
  component,  ///< an element of the model
  relay,      ///< passes needs on: a target group, a route table, a subnet
  part,       ///< folded into its owner
  helper      ///< understood, and nothing of it is modelled
};

/// Which attribute of a component a reading fills.
enum class Field {
  name,
  size,
  region,
  zones,
  replicas,
  at_least,
  redundancy,
  scope,
  relocates,
  bound,
  internet,
  public_address,
  variant,
  holds,
  storage_gb,
  backup_every,
  backup_retention,
  backup_region,
  detect,
  takes,
  scale_min,
  scale_max,
  scale_cooldown_out,
  scale_cooldown_in,
  scale_grows,   ///< by at most: see blueprint/scale_pace.h
  scale_target,  ///< busy percent of the processors
  listens,       ///< the ports at which it can be asked
  keeps,         ///< how many replicas, or which percent of them, are kept running
  spares,        ///< how many, or which percent, may be missing
  rollout_strategy,
  rollout_steps,  ///< shares of the users reached so far
  rollout_batch,  ///< where no steps are told: how many, or which percent, are changed at a time …
  rollout_most,   ///< … until everyone is reached, from this percent on
  rollout_bake,
  rollout_watched,
  rollout_gate,
  rollout_starts_checked,
  config_strategy
};

/// `attribute` has this value; "present" and "absent" ask whether there is one at all.
/// In a value, `*` stands for any text and `?` for any character.
struct Condition {
  std::string_view attribute = {};
  std::string_view value = {};
};

struct Mapping {
  std::string_view from = {};  ///< with `*` and `?` as in a condition
  std::string_view to = {};
};

/// One way to read a field. The first of several whose condition holds and that has a value wins.
struct ReadSource {
  /// A list, each element of which is looked at for itself: attributes and conditions stand in it.
  std::string_view each = {};
  std::string_view attribute = {};  ///< path: "scaling_config.desired_size"
  std::string_view also = {};       ///< a second attribute whose values count too
  std::string_view constant = {};   ///< instead of an attribute
  std::string_view zones_of = {};   ///< the zones of the region that this attribute names
  bool default_zone = false;        ///< the zone that the provider is configured with
  bool counts_places = false;       ///< the number of placements
  bool times_places = false;        ///< multiplied by the number of placements
  bool is_unknown = false;          ///< there is a value, and no input says which
  bool adds_up = false;             ///< of several values the sum: nodes of several kinds
  double plus = 0;
  double times = 1;                       ///< for durations given in days, minutes
  std::string_view times_attribute = {};  ///< multiplied by this attribute too
  std::span<const Mapping> map = {};
  std::span<const Condition> when = {};
  std::span<const Condition> unless = {};
};

struct ReadRule {
  Field field = Field::name;
  std::span<const ReadSource> sources = {};
};

/// What an attribute that names another resource means.
enum class LinkRole {
  owner,      ///< I am a part of it
  part,       ///< it is a part of me
  member,     ///< I am a replica of it
  joins,      ///< I am a part of it, though others of my type stand alone
  placement,  ///< I lie where it lies
  beside,     ///< I lie in its region
  needs,      ///< I need it
  needed_by,  ///< it needs me
  firewall,   ///< its rules protect me
  acts_as,    ///< it is my identity
  carries,    ///< I do its work: who needs it needs me, or another that carries it
  mentions,   ///< free text or settings: whatever is named there is used
  wakes       ///< it works when I say so, in the background: I am a schedule or a rule
};

struct LinkRule {
  std::string_view attribute = {};
  LinkRole role = LinkRole::needs;
  std::string_view from = {};                 ///< attribute that names the subject; empty: myself
  std::span<const std::string_view> to = {};  ///< spellings that may be meant by a bare name
  /// The attribute holds tags, and means all that wear one of them; here they are worn.
  std::span<const std::string_view> tagged_in = {};
  std::optional<blueprint::Strength> strength = {};
  blueprint::EdgeKind kind = blueprint::EdgeKind::service;
  bool alternatives = false;  ///< the targets of one attribute stand in for each other
  std::string_view order =
      {};  ///< attribute with a number: of alternatives the lowest serves first
  std::span<const Condition> when = {};
};

/// Rows of a firewall: the resource itself, or each block of an attribute.
struct FirewallRule {
  std::string_view blocks = {};
  std::string_view subject = {};    ///< attribute that names the firewall; empty: myself
  std::string_view direction = {};  ///< "inbound", "outbound", or an attribute: "@type"
  std::string_view protocol = {};
  std::string_view from_port = {};
  std::string_view to_port = {};
  std::span<const std::string_view> ranges = {};
  std::span<const std::string_view> peers = {};
  std::string_view self = {};
  std::string_view ports = {};        ///< attribute with "80" and "8000-8080"
  std::string_view target_tags = {};  ///< attribute with tags; protects who has one, else `subject`
  std::span<const std::string_view> peer_tags = {};  ///< attributes with tags of peers
  std::span<const Condition> when = {};
  std::string_view action = {};  ///< "deny", or an attribute: "@access"; empty: it allows
  std::string_view order = {};   ///< attribute, or a number: the lowest that fits decides
  std::string_view range = {};   ///< of peers, where no attribute tells
  std::string_view places = {};  ///< attribute with the places before which it stands
  std::span<const std::string_view> workloads = {};  ///< attributes that name peers themselves
  std::string_view layer = {};  ///< of its own, whose rules do not stand in for others'
  std::span<const std::string_view> lists = {};  ///< attributes that name lists of ranges
};

/// A policy document granted to an identity.
struct GrantRule {
  std::string_view principal = {};  ///< attribute that names the identity; empty: myself
  std::string_view policy = {};     ///< attribute with the document, or that names one
  std::string_view role = {};       ///< attribute with a role; `policy` then names what it is for
  std::span<const std::string_view> to = {};  ///< spellings of identities
  bool is_own = false;  ///< stands at what it is for, and names whom it is for
  std::span<const std::string_view> actions = {};  ///< what it allows everybody, without a document
  std::span<const Condition> when = {};
  std::span<const Condition> shut_by = {};  ///< any of these, at what it is for or a part of that
  std::string_view all = {};  ///< pattern of what `policy` says of a role for all of the account
};

/// A policy that a provider wrote, which inputs only name.
struct KnownPolicy {
  std::string_view name = {};  ///< as inputs name it, with `*`
  std::span<const std::string_view> actions = {};
};

/// What keeps a store's data beside the store, or the store from being deleted.
struct SafeguardRule {
  std::span<const std::string_view> by = {};  ///< actions, any of which ends it; none: nobody can
  bool is_own = false;   ///< they are done to the store itself, not to what says this
  bool is_lock = false;  ///< it holds no copy: it only keeps one from being deleted
  std::span<const std::string_view> names =
      {};  ///< attributes by which policies mean what they are
           ///< done to; none: any of its kind
  std::span<const Condition> when = {};
};

/// What a type has to do with who may come to what.
struct AccessEntry {
  bool is_identity = false;      ///< someone who can be allowed things
  std::string_view trust = {};   ///< attribute with the policy that says who may act as it
  std::string_view key_of = {};  ///< attribute that names whose key it is
  std::span<const std::string_view> reads = {};     ///< actions that hand out its data
  std::span<const std::string_view> deletes = {};   ///< actions that delete its data or copies
  std::span<const std::string_view> names = {};     ///< attributes by which policies mean it
  std::span<const std::string_view> contents = {};  ///< of a part: attributes with names of data
  std::string_view network =
      {};  ///< of a place, or of a firewall that its network has ready: attribute naming that
  std::span<const std::string_view> ranges = {};  ///< of a place or list: attributes with addresses
  bool leads_out = false;                         ///< a route to it leads to the internet and back
  std::span<const std::string_view> joins = {};   ///< attributes that name networks it joins
  std::string_view hub = {};  ///< attribute that names what joins all networks that name it
  bool is_routed = false;     ///< it joins networks only where a route leads to it
  std::span<const std::string_view> leads_to = {};  ///< of routes: attributes that name what joins
  std::span<const SafeguardRule> safeguards = {};   ///< of a store, or of a part of one
  std::string_view narrowed_by = {};  ///< attribute with the scopes that whoever wears here has
  std::span<const std::string_view> reading_scopes =
      {};  ///< of a store: patterns that let such read
  std::span<const std::string_view> deleting_scopes = {};  ///< and delete
  std::span<const Condition> closed = {};        ///< any of these: it answers in its network alone
  std::span<const std::string_view> opens = {};  ///< actions that open it, or hand out its keys
  std::string_view service = {};  ///< in names of resources; empty: as the type's own
  bool has_bare_name = false;     ///< no kind stands before its name there
  std::span<const Condition> unguarded =
      {};                          ///< any of these: it has no firewall but what it names
  std::string_view group_of = {};  ///< of a group: attribute by which what lies in it names it
};

/// What mends a finding of this type, in the words of its input, and what that changes.
struct Remedy {
  std::string_view finding =
      {};  ///< "single_instance", "one_machine", "single_zone", "no_backup", …
  std::string_view say = {};
  int replicas = 0;     ///< at least so many; 0: unchanged
  bool spread = false;  ///< over one more zone
  bool backups = false;
  std::optional<blueprint::Redundancy> redundancy = {};
};

/// How records that are merged into one name lead users to different targets.
struct Routing {
  std::string_view switched_by = {};  ///< type of what watches and switches; empty: no routing
  std::string_view check = {};        ///< attribute that names a record's health check
  std::span<const Condition> watched = {};  ///< any of these: left out once its target is down
  std::span<const Condition> standby = {};  ///< any of these: users only once the others are down
};

/// A finding that attributes alone give away.
struct Check {
  std::string_view finding = {};    ///< name of the rule
  std::string_view attribute = {};  ///< where the evidence stands
  std::span<const Condition> when = {};
  bool binds = false;       ///< a replica of which it holds comes back only with its machine …
  bool loses = false;       ///< … or comes back empty: its data is gone with the machine
  bool stays_down = false;  ///< once it has stopped nobody but people starts it again
  bool not_apart = false;   ///< nothing keeps its replicas from lying on one machine
};

/// What a setting says of all that share something with it: `name` is `value` of those that name the
/// same at attribute `of`.
struct TraitRule {
  std::string_view name = {};
  std::string_view value = {};
  std::string_view of = {};
  std::span<const Condition> when = {};
};

/// Where a type says which program it runs.
struct Runs {
  std::string_view image = {};     ///< attribute with the container image
  std::string_view ports = {};     ///< attribute with the ports it listens at
  std::string_view settings = {};  ///< attribute with names of its settings, or a map of them
  std::span<const std::string_view> commands = {};  ///< attributes with what it is started by
};

/// A program that ships as a container image, and what it is there for.
struct ProgramEntry {
  std::string_view name = {};   ///< "postgresql"
  std::string_view title = {};  ///< "PostgreSQL"
  blueprint::Kind kind = blueprint::Kind::other;
  bool is_store = false;        ///< keeps data of its own
  bool needs_majority = false;  ///< serves only while more than half of its replicas are there
  std::optional<blueprint::Strength> strength = {};  ///< of the need of whoever calls it
  std::span<const std::string_view> images = {};     ///< last part of their names, with `*`
  std::span<const std::string_view> ports = {};      ///< that tell it where the image does not
  std::span<const std::string_view> settings = {};   ///< that tell it, with `*`
  std::span<const std::string_view> commands = {};   ///< words that tell it before the image does

  /// Does it take part in answering users? Not what only watches, changes or prepares the others.
  [[nodiscard]] bool serves() const {
    return strength != blueprint::Strength::observe && strength != blueprint::Strength::control &&
           !runs_once();
  }
  /// Is it done once it has done its work?
  [[nodiscard]] bool runs_once() const { return strength == blueprint::Strength::startup; }
};

/// Until when a version is supported.
struct VersionEnd {
  /// As inputs write it. One that begins with a digit stands for what follows a dot or dash too:
  /// "13" for "13.4"; of several the longest is meant.
  std::string_view version = {};
  base::Date ends = {};
  base::Date forced = {};  ///< when the provider acts by itself; the day before all: not known
};

/// Versions of something that providers support for a while.
struct Lifecycle {
  std::string_view name = {};    ///< "rds_postgresql"
  std::string_view title = {};   ///< "PostgreSQL on RDS"
  std::string_view after = {};   ///< what happens once it has ended, as a clause
  std::string_view forces = {};  ///< what the provider does in the end by itself; empty: nothing
  std::span<const VersionEnd> ends = {};
  Citation citation;
};

/// Where a type says what ends one day: a version of a lifecycle, or the day itself.
struct Ending {
  std::string_view attribute = {};
  std::string_view of = {};  ///< lifecycle; one without versions: the attribute holds the day
  std::span<const Condition> when = {};
};

/// What a provider counts together.
enum class LimitPer { zone, region, account };

/// How many there may be of a type where nobody asked for more, or how large an attribute may be
/// in all.
struct Limit {
  std::string_view name = {};       ///< "Elastic IP addresses"
  std::string_view attribute = {};  ///< whose values are added up; empty: resources are counted
  double most = 0;
  LimitPer per = LimitPer::region;
  bool can_be_raised = true;
  Citation citation;
};

/// What those who recover work with, beside what runs.
enum class RecoveryRole { registrar, delivery, images, state, secrets, monitoring, status_page };

struct Spelling {
  std::string_view format = {};  ///< "terraform", "kubernetes"; see names.h
  std::string_view type = {};    ///< with `*`: every type like it that has no spelling of its own
};

struct TypeEntry {
  std::string_view name = {};   ///< "aws.ec2"
  std::string_view title = {};  ///< "EC2 instance"
  Becomes becomes = Becomes::component;
  blueprint::Kind kind = blueprint::Kind::other;
  std::optional<blueprint::ServiceModel> service_model = {};
  blueprint::Scope scope = blueprint::Scope::region;
  blueprint::Redundancy redundancy = blueprint::Redundancy::active_active;
  std::string_view provider = {};
  std::string_view service = {};  ///< whose failure in a region takes it down; empty: none
  std::string_view figures_class = {};
  blueprint::Strength default_strength = blueprint::Strength::hard;
  bool is_workload = false;
  bool is_store = false;  ///< holds data that a lost zone can destroy
  /// Its data lies in several zones of its region, whichever zones its replicas lie in.
  bool data_spans_zones = false;
  bool is_entry = false;      ///< users may come in here, if it faces the internet
  bool is_name = false;       ///< a name: faces the internet where what it names does
  bool forwards = false;      ///< is nothing without what it forwards to
  bool alternatives = false;  ///< what it needs stands in for each other
  bool places_are_distinct = false;
  bool relocates = false;
  bool is_single_packed = false;  ///< all replicas lie in one placement
  bool one_suffices = false;      ///< any one replica carries the load: the provider sees to it
  bool draws_way_out = false;     ///< uses the way out of the place it lies in
  bool is_route = false;          ///< what it forwards to serves only a part of the requests
  std::span<const Spelling> spellings = {};
  std::span<const std::string_view> identity = {};  ///< attributes by which others name it
  std::span<const std::string_view> merge_by = {};  ///< equal attributes: one component
  std::span<const std::string_view> apart_by = {};  ///< those that differ here are not merged
  std::span<const std::string_view> tags = {};      ///< attributes by which firewalls mean it
  std::span<const std::string_view> names_in = {};  ///< texts that name what it makes elsewhere
  Routing routing = {};
  std::span<const std::string_view> answers_to = {};  ///< host names it makes: "{name}-rw"
  Runs runs = {};
  /// A spelling with `*` is meant only where one of these attributes is there.
  std::span<const std::string_view> shown_by = {};
  std::span<const ReadRule> reads = {};
  std::span<const LinkRule> links = {};
  std::span<const FirewallRule> firewall = {};
  std::span<const GrantRule> grants = {};
  AccessEntry access = {};
  std::span<const Figure> figures = {};
  std::span<const Remedy> remedies = {};
  std::span<const Check> checks = {};
  std::span<const Ending> endings = {};
  std::span<const Limit> limits = {};
  std::optional<RecoveryRole> role = {};
  std::span<const TraitRule> traits = {};
};

/// Words that stand in an attribute, and what the catalog reads for them.
struct Wording {
  std::string_view path = {};
  std::span<const Mapping> words = {};
};

/// How a format spells a type that the catalog knows by another spelling, so that one entry serves
/// both. Attributes that are not told are spelled alike but for CamelCase and snake_case.
struct Translation {
  std::string_view format = {};
  std::string_view type = {};             ///< "AWS::RDS::DBInstance"
  std::string_view as = {};               ///< "aws_db_instance"
  std::span<const Mapping> as_with = {};  ///< attribute that is there → spelling instead of `as`
  /// From an attribute's path to its name in the same block: "b.c" makes a block b, "." gives the
  /// members of a block to the one around it, "-" leaves it out.
  std::span<const Mapping> paths = {};
  std::span<const Wording> wordings = {};
  std::span<const std::string_view> texts = {};  ///< paths of maps that are read as JSON text
};

/// Figures that several types share.
struct FiguresClass {
  std::string_view name = {};
  std::span<const Figure> figures = {};
};

/// A service of a provider: one fate per region (or for the world).
struct ServiceEntry {
  std::string_view provider = {};
  std::string_view name = {};
  std::string_view title = {};
  std::span<const Figure> figures = {};  ///< "failure", "hit"
};

struct RegionEntry {
  std::string_view provider = {};
  std::string_view name = {};
  int zones = 0;
  std::string_view zone_letters = {};    ///< "bcd" where zones are called by letters
  std::span<const Figure> figures = {};  ///< overrides of the provider's
};

struct ProviderEntry {
  std::string_view name = {};
  std::string_view title = {};
  std::string_view zone_name = {};  ///< how a zone is called: "{region}{zone}"
  bool one_region = false;          ///< one configuration of it works in one region
  bool stands_in = false;           ///< for a provider that its inputs do not name
  std::span<const std::string_view> registries = {};  ///< hosts that its images come from, with `*`
  std::span<const std::string_view> networks = {};    ///< its types that are a network …
  std::span<const std::string_view> firewalls = {};   ///< … and that rules may name as a peer
  std::span<const Figure> figures = {};  ///< "zone_outage", "zone_destroyed", "region_outage" …
};

struct Tables {
  std::span<const TypeEntry> types = {};  ///< by name
  std::span<const FiguresClass> classes = {};
  std::span<const ServiceEntry> services = {};
  std::span<const RegionEntry> regions = {};
  std::span<const ProviderEntry> providers = {};
  std::span<const ProgramEntry> programs = {};
  std::span<const Translation> translations = {};
  std::span<const Lifecycle> lifecycles = {};
  std::span<const KnownPolicy> policies = {};
  base::Date as_of = {};  ///< the day up to which lifecycles are kept
};

/// The tables compiled into this program.
[[nodiscard]] const Tables& built_in_tables();

}  // namespace outlast::catalog
