#include "import/terraform_folder.h"

#include <gtest/gtest.h>

#include "import/hcl_syntax.h"
#include "unit/import/reading.h"

namespace outlast::import {
namespace {

using base::NodeKind;
using Addresses = std::vector<std::string>;

/// One root file whose locals are evaluated into a resource's attributes.
Reading folder(const std::string& text) {
  return Reading(Reading::Files{{"t/main.tf", text}}, Addresses{"t"});
}

std::string attribute(const Reading& read, const std::string& name) {
  return std::string(read.resource("x_y.r").attributes[name].text());
}

TEST(Hcl, ReadsBlocksExpressionsAndTemplates) {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto source = sources.add("a.tf", R"(
a "b" "c" { # comment
  x = 1 + 2 * 3 // more
  y = cond ? "p-${q.r[0]}" : [for k, v in m : v if k != ""]
  /* z */ z = { a = 1, "b" : 2
    (c) = 3 }
  t = <<-EOT
    one ${two}
  EOT
  f(
)",
                                  "");
  EXPECT_FALSE(parse_hcl(sources, source, diagnostics).has_value());
  base::Diagnostics none;
  const auto good = sources.add("b.tf", R"(
a "b" "c" {
  x = 1 + 2 * 3
  y = cond ? "p-${q.r[0]}" : [for k, v in m : v if k != ""]
  z = { a = 1, "b" : 2
    (c) = 3 }
  t = <<-EOT
    one ${two}
  EOT
  u = f(1,
    2)
  inner {}
}
)",
                                "");
  const auto body = parse_hcl(sources, good, none);
  ASSERT_TRUE(body.has_value()) << base::render(none, sources);
  ASSERT_EQ(body->blocks.size(), 1U);
  EXPECT_EQ(body->blocks[0].labels, (Addresses{"b", "c"}));
  EXPECT_EQ(body->blocks[0].body.attributes.size(), 5U);
  EXPECT_EQ(body->blocks[0].body.blocks.size(), 1U);
}

TEST(Hcl, DeepNestingIsRefusedNotFollowed) {
  for (const std::string& unit : {std::string("["), std::string("("), std::string("!"),
                                  std::string("{ a = "), std::string("\"${"), std::string("a{")}) {
    std::string text = unit == "a{" ? "" : "a = ";
    for (int i = 0; i < 20'000; ++i) {
      text += unit;
    }
    base::Sources sources;
    base::Diagnostics diagnostics;
    EXPECT_FALSE(parse_hcl(sources, sources.add("a.tf", text, ""), diagnostics).has_value())
        << unit;
    EXPECT_TRUE(diagnostics.has_errors()) << unit;
  }
}

TEST(TerraformFolder, WhatGrowsBeyondBoundsIsNotKnownAndNotCutShort) {
  const Reading read = folder(R"(
locals {
  x = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
  y = replace(local.x, "x", local.x)
  z = replace(local.y, "x", local.y)
  many = range(4096)
}
resource "x_y" "r" {
  few   = length(range(0, 9, 2))
  all   = length(local.many)
  range = length(range(1000000000))
  joint = length(concat(local.many, local.many))
  flat  = length(flatten([local.many, ["one more"]]))
  text  = replace(local.z, "x", local.z)
  long  = join(local.z, local.many)
}
)");
  EXPECT_EQ(attribute(read, "few"), "5");
  EXPECT_EQ(attribute(read, "all"), "4096");
  for (const char* name : {"range", "joint", "flat", "text", "long"}) {
    EXPECT_TRUE(read.resource("x_y.r").attributes[name].is(NodeKind::unknown)) << name;
  }
  EXPECT_FALSE(read.diagnostics.has_errors()) << read.text();
}

TEST(TerraformFolder, EvaluatesVariablesLocalsAndFunctions) {
  const Reading read = folder(R"(
variable "n" { default = 3 }
variable "unset" {}
locals {
  list = concat(["a"], ["b", "c"])
  map  = merge({ a = 1 }, { b = 2 })
}
resource "x_y" "r" {
  sum      = var.n * 2 + 1
  joined   = join("-", [for i, v in local.list : "${i}${v}" if v != "b"])
  looked   = lookup(local.map, "b", 0)
  part     = slice(local.list, 1, 3)[0]
  upper    = upper(format("%s-%02d", "x", 7))
  block    = cidrsubnet("10.0.0.0/16", 8, 2)
  chosen   = contains(local.list, "z") ? "yes" : "no"
  escaped  = "$${a}\n"
  unknown  = "x-${var.unset}"
  nothing  = null
  data     = data.x_z.q.value
}
data "x_z" "q" {}
)");
  EXPECT_EQ(attribute(read, "sum"), "7");
  EXPECT_EQ(attribute(read, "joined"), "0a-2c");
  EXPECT_EQ(attribute(read, "looked"), "2");
  EXPECT_EQ(attribute(read, "part"), "b");
  EXPECT_EQ(attribute(read, "upper"), "X-07");
  EXPECT_EQ(attribute(read, "block"), "10.0.2.0/24");
  EXPECT_EQ(attribute(read, "chosen"), "no");
  EXPECT_EQ(attribute(read, "escaped"), "${a}\n");
  const auto attributes = read.resource("x_y.r").attributes;
  EXPECT_TRUE(attributes["unknown"].is(NodeKind::unknown));
  EXPECT_FALSE(attributes["nothing"].exists());
  EXPECT_TRUE(attributes["data"].is(NodeKind::unknown));
}

// The examples of the functions' own pages (developer.hashicorp.com/terraform/language/functions).
TEST(TerraformFolder, FunctionsGiveWhatTheirPagesSay) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"(abs(-12.4))", "12.4"},
      {R"(alltrue(["true", true]))", "true"},
      {R"(anytrue([false, false]))", "false"},
      {R"(ceil(5.1))", "6"},
      {R"(join(",", chunklist(["a", "b", "c"], 2)[0]))", "a,b"},
      {R"(cidrhost("10.12.112.0/20", 16))", "10.12.112.16"},
      {R"(cidrsubnet("172.16.0.0/12", 4, 2))", "172.18.0.0/16"},
      {R"(join(",", cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)))",
       "10.1.0.0/20,10.1.16.0/20,10.1.32.0/24,10.1.48.0/20"},
      {R"(join(",", compact(["a", "", "b", null, "c"])))", "a,b,c"},
      {R"(join(",", distinct(["a", "b", "a", "c", "d", "b"])))", "a,b,c,d"},
      {R"(element(["a", "b", "c"], 3))", "a"},
      {R"(floor(4.9))", "4"},
      {R"(join(",", formatlist("Hello, %s!", ["Valentina", "Ander"])))",
       "Hello, Valentina!,Hello, Ander!"},
      {R"(index(["a", "b", "c"], "b"))", "1"},
      {R"(join(",", keys({a = 1, c = 2, d = 3})))", "a,c,d"},
      {R"(join(",", reverse([1, 2, 3])))", "3,2,1"},
      {R"(join(",", setintersection(["a", "b"], ["b", "c"], ["b", "d"])))", "b"},
      {R"(join(",", [for p in setproduct(["app1", "app2"], ["x", "y"]) : join("/", p)]))",
       "app1/x,app1/y,app2/x,app2/y"},
      {R"(join(",", setsubtract(["a", "b", "c"], ["a", "c"])))", "b"},
      {R"(join(",", setunion(["a", "b"], ["b", "c"], ["d"])))", "a,b,c,d"},
      {R"(join(",", sort(["e", "d", "a", "x"])))", "a,d,e,x"},
      {R"(strrev("hello"))", "olleh"},
      {R"(substr("hello world", 1, 4))", "ello"},
      {R"(substr("hello world", -5, -1))", "world"},
      {R"(sum([10, 13, 6, 4.5]))", "33.5"},
      {R"(title("hello world"))", "Hello World"},
      {R"(tolist(toset(["b", "a", "b"]))[0])", "a"},
      {R"(trim("?!hello?!", "!?"))", "hello"},
      {R"(join(",", values({c = 3, a = 1, d = 2})))", "1,3,2"},
      {R"(zipmap(["a", "b"], [1, 2]).b)", "2"},
      {R"(cidrhost("10.0.0.0/8", 9999999999))", ""},  // what is not an address is not known
      {R"(regex("[a-z]+", "53453453.345345aaabbb"))", ""},
  };
  std::string text = "resource \"x_y\" \"r\" {\n";
  for (std::size_t i = 0; i < cases.size(); ++i) {
    text += "  a" + std::to_string(i) + " = " + cases[i].first + "\n";
  }
  const Reading read = folder(text + "}\n");
  for (std::size_t i = 0; i < cases.size(); ++i) {
    EXPECT_EQ(attribute(read, "a" + std::to_string(i)), cases[i].second) << cases[i].first;
  }
}

TEST(TerraformFolder, CountForEachAndModulesGiveAddresses) {
  const Reading read(Reading::Files{{"t/main.tf", R"(
module "m" {
  source   = "./m"
  for_each = toset(["a", "b"])
  name     = each.key
}
resource "x_y" "many" { count = 2 }
resource "x_y" "r" {
  one   = x_y.many[1].id
  all   = x_y.many[*].id
  whole = x_y.many
  deep  = module.m["b"].id
}
)"},
                                    {"t/m/main.tf", R"(
variable "name" {}
resource "x_y" "inner" { name = var.name }
output "id" { value = x_y.inner.id }
)"}},
                     Addresses{"t"});
  EXPECT_EQ(read.resource("module.m[\"a\"].x_y.inner").attributes["name"].text(), "a");
  EXPECT_TRUE(read.has("x_y.many[0]"));
  EXPECT_EQ(read.targets("x_y.r", "one"), Addresses{"x_y.many[1]"});
  EXPECT_EQ(read.targets("x_y.r", "all[0]"), Addresses{"x_y.many[0]"});
  EXPECT_EQ(read.targets("x_y.r", "all[1]"), Addresses{"x_y.many[1]"});
  EXPECT_EQ(read.targets("x_y.r", "deep"), Addresses{"module.m[\"b\"].x_y.inner"});
}

TEST(TerraformFolder, WhatAVariableWithoutAValueDecidesMayNotBeThere) {
  const std::string text = R"(
    variable "create" { type = bool }
    variable "size" { default = 2 }
    locals { wanted = var.create }
    resource "aws_instance" "a" { count = local.wanted   ? 1 : 0 }
    resource "aws_instance" "b" { count = local.wanted ? 1 : 0 }
    resource "aws_instance" "c" { count = var.size }
    module "m" {
      source = "./m"
      keys   = var.create
    }
  )";
  const Reading::Files files = {{"d/main.tf", text}, {"d/m/main.tf", R"(
    variable "keys" {}
    resource "aws_instance" "d" { for_each = var.keys }
    resource "aws_instance" "e" {}
  )"}};
  const Reading reading(files, {"d"});
  EXPECT_EQ(reading.resource("aws_instance.a[0]").made_if, "local.wanted ? 1 : 0");
  EXPECT_EQ(reading.resource("aws_instance.b[0]").made_if, "local.wanted ? 1 : 0");
  EXPECT_EQ(reading.resource("aws_instance.c[1]").made_if, "");
  EXPECT_EQ(reading.resource("module.m.aws_instance.d").made_if, "module.m.var.keys");
  EXPECT_EQ(reading.resource("module.m.aws_instance.e").made_if, "");
  const auto& conditions = reading.draft().conditions;
  ASSERT_EQ(conditions.size(), 2U) << "what says the same is one";
  for (const auto& condition : conditions) {
    EXPECT_EQ(condition.parameters, std::vector<std::string>{"create"}) << condition.address;
    EXPECT_TRUE(condition.evidence.span.exists());
  }
}

TEST(TerraformFolder, WhatAModuleMakesMayNotBeThereWhereTheModuleMayNot) {
  const Reading::Files files = {{"d/main.tf", R"(
    variable "create" {}
    module "m" {
      source = "./m"
      count  = var.create
    }
  )"},
                                {"d/m/main.tf", "resource \"aws_instance\" \"e\" {}\n"}};
  EXPECT_EQ(Reading(files, {"d"}).resource("module.m[0].aws_instance.e").made_if, "var.create");
}

TEST(TerraformFolder, ProvidersAreHandedDownToModulesByName) {
  const std::string site = R"(
resource "aws_vpc" "own" {}
resource "aws_vpc" "peer" {
  provider = aws.peer
}
)";
  const std::string root = R"(
provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias  = "eu"
  region = "eu-west-1"
  assume_role {
    role_arn = "arn:aws:iam::123456789012:role/eu"
  }
}
module "home" {
  source = "./site"
  providers = { aws.peer = aws.eu }
}
module "away" {
  source = "./site"
  providers = {
    aws      = aws.eu
    aws.peer = aws
  }
}
resource "aws_vpc" "chosen" {
  provider = aws.eu
}
)";
  const Reading read(Reading::Files{{"t/main.tf", root}, {"t/site/main.tf", site}, {"u/main.tf", R"(
provider "aws" {
  region = "ap-northeast-2"
}
resource "aws_vpc" "elsewhere" {}
)"}},
                     Addresses{"t", "u"});
  const auto region = [&](const char* address) { return *read.resource(address).region; };
  EXPECT_EQ(region("module.home.aws_vpc.own"), "us-east-1");
  EXPECT_EQ(region("module.home.aws_vpc.peer"), "eu-west-1");
  EXPECT_EQ(region("module.away.aws_vpc.own"), "eu-west-1");
  EXPECT_EQ(region("module.away.aws_vpc.peer"), "us-east-1");
  EXPECT_EQ(region("aws_vpc.chosen"), "eu-west-1");
  EXPECT_EQ(region("aws_vpc.elsewhere"), "ap-northeast-2");
  EXPECT_EQ(read.resource("module.home.aws_vpc.own").account, "");
  EXPECT_EQ(read.resource("module.away.aws_vpc.own").account, "aws.eu");
}

TEST(TerraformFolder, DynamicBlocksAreWrittenOut) {
  const Reading read = folder(R"(
resource "x_y" "r" {
  fixed { port = 1 }
  dynamic "rule" {
    for_each = { http = 80, https = 443 }
    iterator = it
    content {
      name = it.key
      port = it.value
    }
  }
}
)");
  const auto rules = read.resource("x_y.r").attributes["rule"];
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules.at(1)["name"].text(), "https");
  EXPECT_EQ(rules.at(1)["port"].text(), "443");
}

TEST(TerraformFolder, WhatRefersToItselfIsNotKnown) {
  const Reading read = folder(R"(
locals {
  a = local.b
  b = local.a
}
resource "x_y" "r" {
  a = local.a
  p = x_y.s.q
}
resource "x_y" "s" { q = x_y.r.p }
)");
  EXPECT_TRUE(read.resource("x_y.r").attributes["a"].is(NodeKind::unknown));
  ASSERT_EQ(read.told().size(), 1U) << read.text();
  EXPECT_NE(read.told().front().find("local.a leads back to itself"), std::string::npos);
}

TEST(TerraformFolder, WhatIsNotDeclaredIsToldOnce) {
  const Reading read = folder(R"(
variable "size" {}
resource "x_y" "r" {
  count = 2
  a = var.sice
  b = local.nothing
}
)");
  ASSERT_EQ(read.told().size(), 2U) << read.text();
  EXPECT_NE(read.told()[0].find("no variable sice is declared in this module"), std::string::npos);
  EXPECT_NE(read.told()[1].find("no local nothing is declared"), std::string::npos);
  EXPECT_NE(read.text().find("did you mean size?"), std::string::npos) << read.text();
}

TEST(TerraformFolder, CountsThatAreNoneAreTold) {
  const Reading read = folder(R"(
resource "x_y" "word" { count = "many" }
resource "x_y" "number" { for_each = 3 }
resource "x_y" "both" {
  count = 1
  for_each = { a = 1 }
}
)");
  ASSERT_EQ(read.told().size(), 3U) << read.text();
  EXPECT_NE(read.text().find("count must be a whole number"), std::string::npos) << read.text();
  EXPECT_NE(read.text().find("for_each must be a map or a set of text"), std::string::npos);
  EXPECT_NE(read.text().find("count and for_each are both here"), std::string::npos);
}

TEST(TerraformFolder, AKeyThatIsWrittenTwiceIsTold) {
  const Reading read = folder("resource \"x_y\" \"r\" {\n  a = 1\n  a = 2\n}\n");
  ASSERT_EQ(read.told().size(), 1U) << read.text();
  EXPECT_TRUE(read.told().front().starts_with("OUT-E1104 3:3 the key \"a\" is written twice"))
      << read.text();
}

TEST(TerraformFolder, AResourceWithoutANameIsTold) {
  const Reading read = folder("resource \"x_y\" {\n}\n");
  ASSERT_EQ(read.told().size(), 1U) << read.text();
  EXPECT_TRUE(read.told().front().starts_with("OUT-E1702 1:1 a block resource has a type and"))
      << read.text();
}

TEST(TerraformFolder, FoldersThatCallEachOtherInACircleAreTold) {
  const Reading read(Reading::Files{{"t/main.tf", "module \"m\" {\n  source = \"./m\"\n}\n"},
                                    {"t/m/main.tf", "module \"up\" {\n  source = \"../\"\n}\n"}},
                     Addresses{"t"});
  ASSERT_EQ(read.told().size(), 1U) << read.text();
  EXPECT_TRUE(read.told().front().starts_with("OUT-E1703 1:1 modules call each other in a circle"))
      << read.text();
}

TEST(TerraformFolder, SensitiveVariablesAreNotKept) {
  const Reading read = folder(R"(
variable "s" {
  default   = "hunter2hunter2"
  sensitive = true
}
resource "x_y" "r" { setting = "a:${var.s}" }
)");
  EXPECT_TRUE(read.resource("x_y.r").attributes["setting"].is(NodeKind::unknown));
}

TEST(TerraformFolder, SecretsBesideResourcesAreTold) {
  const Reading read = folder(R"(
variable "db_password" { default = "hunter2hunter2" }
locals { api_token = "hunter3hunter3" }
provider "x" {
  password = "hunter4hunter4"
  region   = "eu-west-1"
}
provider "y" { password = var.db_password }
terraform {
  encryption {
    key_provider "pbkdf2" "k" { passphrase = "hunter5hunter5" }
  }
}
resource "x_y" "r" {}
)");
  Addresses told;
  for (const auto& secret : read.draft().secrets) {
    told.push_back(secret.evidence.address + " " + secret.what);
  }
  EXPECT_EQ(told, (Addresses{"var.db_password db_password", "local.api_token api_token",
                             "provider.x password", "terraform passphrase"}))
      << "what names another one is told there";
}

/// A root and a module below it, by the names of their files.
Reading files(const Reading::Files& all) {
  return Reading(all, Addresses{"t"});
}

TEST(TerraformFolder, TheLanguageIsReadAsJsonToo) {
  const auto read = files({{"t/cdk.tf.json", R"({
  "//": "a comment",
  "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "far", "region": "us-east-1"}]},
  "variable": {"size": {"type": "string"}},
  "locals": {"zone": "a"},
  "resource": {"x_y": {
    "r": {"count": 2, "zone": "${local.zone}", "name": "n-${var.size}", "plain": "100%",
          "inner": [{"port": 80}], "dynamic": {"rule": {"for_each": [1, 2],
            "content": {"n": "${rule.value}"}}}},
    "s": {"of": "${x_y.r[1].id}", "depends_on": ["x_y.r"]}},
    "aws_instance": {"i": {"provider": "aws.far"}}}
})"},
                           {"t/terraform.tfvars.json", R"({"size": "large"})"}});
  EXPECT_EQ(read.told(), Addresses{});
  const auto& r = read.resource("x_y.r[1]").attributes;
  EXPECT_EQ(r["zone"].text(), "a");
  EXPECT_EQ(r["name"].text(), "n-large");
  EXPECT_EQ(r["plain"].text(), "100%");
  EXPECT_EQ(r["inner"].at(0)["port"].text(), "80");
  EXPECT_EQ(r["rule"].at(1)["n"].text(), "2");
  EXPECT_EQ(read.targets("x_y.s", "of"), Addresses{"x_y.r[1]"});
  EXPECT_EQ(read.targets("x_y.s", "depends_on"), (Addresses{"x_y.r[0]", "x_y.r[1]"}));
  EXPECT_EQ(read.resource("aws_instance.i").region.value_or(""), "us-east-1");
}

TEST(TerraformFolder, AMistakeInJsonIsTold) {
  const auto read = files({{"t/main.tf.json", R"({"resource": {"x_y": {"r": {"a": "${1 +}"}}}})"}});
  ASSERT_EQ(read.told().size(), 1U);
  EXPECT_TRUE(read.told().front().starts_with("OUT-E1701"));
}

TEST(TerraformFolder, OverridesTakeThePlaceOfWhatTheyName) {
  const auto read = files({{"t/main.tf", R"(
locals {
  a = 1
  b = 2
}
resource "x_y" "r" {
  one  = local.a
  two  = local.b
  kept = 3
  rule { n = 1 }
  rule { n = 2 }
  other { n = 3 }
}
)"},
                           {"t/a_override.tf", "locals { b = 20 }\n"},
                           {"t/override.tf", R"(
resource "x_y" "r" {
  one = 10
  rule { n = 9 }
}
resource "x_y" "new" {}
)"}});
  EXPECT_EQ(read.told(), Addresses{});
  const auto& r = read.resource("x_y.r").attributes;
  EXPECT_EQ(r["one"].text(), "10");
  EXPECT_EQ(r["two"].text(), "20");
  EXPECT_EQ(r["kept"].text(), "3");
  ASSERT_EQ(r["rule"].size(), 1U);
  EXPECT_EQ(r["rule"].at(0)["n"].text(), "9");
  EXPECT_EQ(r["other"].at(0)["n"].text(), "3");
  EXPECT_TRUE(read.has("x_y.new"));
}

TEST(TerraformFolder, MoreThanAreReadAreToldAndCounted) {
  const auto read = folder("resource \"x_y\" \"r\" {\n  count = 503\n}\n");
  ASSERT_EQ(read.told().size(), 1U);
  EXPECT_TRUE(read.told().front().starts_with("OUT-E1706 2:11 503 of them are asked for"));
  EXPECT_EQ(read.draft().resources.size(), 500U);
  EXPECT_EQ(read.draft().coverage.resources, 3U);  // and those that are read, once they are meant
}

TEST(TerraformFolder, ResourcesAndModulesAreHandedOnAsOneObject) {
  const auto read = files({{"t/main.tf", R"(
resource "x_g" "g" {
  for_each = { a = "here", b = "there" }
  location = each.value
}
resource "x_g" "one" { location = "alone" }
locals { one = x_g.one }
resource "x_y" "each" {
  for_each = x_g.g
  location = each.value.location
  of       = each.value.id
}
resource "x_y" "local" {
  location = local.one.location
  of       = local.one.id
}
module "m" { source = "./m" }
module "n" {
  source = "./m"
  group  = x_g.one
}
resource "x_y" "modules" {
  for_each = { first = module.m, second = module.n }
  location = each.value.location
}
)"},
                           {"t/m/main.tf", R"(
variable "group" { default = { location = "default" } }
output "location" { value = var.group.location }
)"}});
  const auto location = [&](const std::string& address) {
    return std::string(read.resource(address).attributes["location"].text());
  };
  EXPECT_EQ(location("x_y.each[\"b\"]"), "there");
  EXPECT_EQ(read.targets("x_y.each[\"b\"]", "of"), Addresses{"x_g.g[\"b\"]"});
  EXPECT_EQ(location("x_y.local"), "alone");
  EXPECT_EQ(read.targets("x_y.local", "of"), Addresses{"x_g.one"});
  EXPECT_EQ(location("x_y.modules[\"first\"]"), "default");
  EXPECT_EQ(location("x_y.modules[\"second\"]"), "alone");
}

TEST(TerraformFolder, MovedBlocksAreReadAsSeenFromTheirModule) {
  const Reading read(Reading::Files{{"t/main.tf", R"(
module "m" {
  source = "./m"
}
moved {
  from = x_y.a["k"]
  to   = module.m.x_y.a
}
)"},
                                    {"t/m/main.tf", "moved {\n  from = x_y.b\n  to = x_y.c\n}\n"}},
                     Addresses{"t"});
  ASSERT_EQ(read.draft().moves.size(), 2U) << read.text();
  EXPECT_EQ(read.draft().moves[0].from, "x_y.a[\"k\"]");
  EXPECT_EQ(read.draft().moves[0].to, "module.m.x_y.a");
  EXPECT_EQ(read.draft().moves[1].from, "module.m.x_y.b");
}

TEST(TerraformFolder, WhatIsNamedAndNotDeclaredIsCalledAndNotFound) {
  const Reading read = folder(R"(
variable "names" {
  default = ["a"]
}
resource "x_y" "r" {
  a = x_z.gone.id
  b = [for some_name in var.names : some_name.part]
  c = data.x_y.r.id
}
)");
  Lines hosts;
  for (const auto& call : read.resource("x_y.r").calls) {
    hosts.push_back(call.host);
    EXPECT_TRUE(call.is_local && call.targets.empty());
  }
  EXPECT_EQ(hosts, (Lines{"x_z.gone", "data.x_y.r"}));
}

const char* const kInstalled =
    R"({"Modules": [{"Key": "", "Source": "", "Dir": "."},
  {"Key": "net", "Source": "registry.terraform.io/a/net/x", "Version": "1.2.3", "Dir": ".terraform/modules/net"},
  {"Key": "net.inner", "Source": "registry.terraform.io/a/inner/x", "Dir": ".terraform/modules/net.inner"}]})";

const Reading::Files kWithModules = {
    {"t/main.tf",
     "module \"net\" {\n  source = \"a/net/x\"\n  version = \"~> 1.2\"\n  size = 3\n}\n"
     "resource \"x_y\" \"r\" {\n  net = module.net.id\n}\n"},
    {"t/.terraform/modules/modules.json", kInstalled},
    {"t/.terraform/modules/net/main.tf",
     "variable \"size\" {}\nresource \"x_net\" \"n\" {\n  size = var.size\n}\n"
     "output \"id\" {\n  value = x_net.n.id\n}\nmodule \"inner\" {\n  source = \"a/inner/x\"\n}\n"
     "module \"near\" {\n  source = \"./modules/near\"\n}\n"},
    {"t/.terraform/modules/net/examples/all/main.tf", "resource \"x_y\" \"example\" {}\n"},
    {"t/.terraform/modules/net/modules/near/main.tf", "resource \"x_y\" \"near\" {}\n"},
    {"t/.terraform/modules/net.inner/main.tf", "resource \"x_y\" \"inner\" {}\n"}};

TEST(TerraformFolder, ModulesAreReadWhereTerraformInitHasPutThem) {
  const Reading read(kWithModules, Addresses{"t"});
  EXPECT_EQ(read.text(), "");
  EXPECT_EQ(read.resource("module.net.x_net.n").attributes["size"].text(), "3");
  EXPECT_EQ(read.targets("x_y.r", "net"), Lines{"module.net.x_net.n"});
  EXPECT_TRUE(read.has("module.net.module.inner.x_y.inner"));
  EXPECT_TRUE(read.has("module.net.module.near.x_y.near"));
  EXPECT_EQ(read.draft().resources.size(), 4U) << "examples of a module are no part of it";
}

TEST(TerraformFolder, AModuleThatIsNotHereIsToldWithWhatIsAskedOfIt) {
  const Reading read(Reading::Files{{"t/main.tf", kWithModules.at("t/main.tf")}}, Addresses{"t"});
  ASSERT_EQ(read.told().size(), 1U) << read.text();
  EXPECT_NE(read.told().front().find("OUT-E1705 1:1 module.net comes from a/net/x ~> 1.2"),
            std::string::npos)
      << read.text();
  const auto& unknown = read.draft().coverage.unknown_attributes;
  EXPECT_EQ(unknown, std::vector<std::string>{"module.net: id of a/net/x ~> 1.2"});
}

}  // namespace
}  // namespace outlast::import
