#include "engines/cost/ledger.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "support/bill_of.h"

namespace outlast::engines::cost {
namespace {

using support::BillOf;
using support::plan_in;
using support::Resources;

const std::string kFunction = "aws_lambda_function.work";

std::string function_plan() {
  return plan_in("aws", "us-east-1", {{kFunction, R"({"function_name": "work"})"}});
}

TEST(Ledger, PerUseIsOpenUntilSomebodySaysHowMuch) {
  const BillOf open(function_plan());
  EXPECT_EQ(open.line(kFunction, "requests").why, "how much is used is not stated (requests)");
  EXPECT_EQ(open.bill.unpriced, 0U);

  const BillOf asked(function_plan(), {}, {{kFunction, 3'000'000}});
  EXPECT_EQ(asked.cents(kFunction, "requests"), 60);  // 0.20 a million
  EXPECT_EQ(asked.bill.per_use.micro_usd, 600'000);

  blueprint::OwnPrices own;
  own.uses.push_back({kFunction, "requests", "10000000", {}});
  own.uses.push_back({kFunction, "gb_seconds", "400000", {}});
  const BillOf told(function_plan(), own, {{kFunction, 3'000'000}});
  EXPECT_EQ(told.cents(kFunction, "requests"), 200);
  EXPECT_EQ(told.cents(kFunction, "run time"), 667);  // 0.00001667 · 400,000 = 6.668
}

TEST(Ledger, WhatLeavesTheNetworkIsBilledWhereItIsStated) {
  const std::string plan =
      plan_in("aws", "us-east-1", {{"aws_instance.a", R"({"instance_type": "m5.large"})"}});
  const auto is_of_data = [](const auto& line) { return line.what.starts_with("data"); };
  const BillOf quiet(plan);
  EXPECT_TRUE(std::none_of(quiet.bill.lines.begin(), quiet.bill.lines.end(), is_of_data));
  blueprint::OwnPrices own;
  own.uses.push_back({"aws_instance.a", "internet_gb", "250", {}});
  own.uses.push_back({"aws_instance.a", "other_zones_gb", "1000", {}});
  const BillOf told(plan, own);
  EXPECT_EQ(told.cents("aws_instance.a", "data over the internet"), 2250);  // 0.09 · 250
  EXPECT_EQ(told.cents("aws_instance.a", "data between zones"), 1000);      // 0.01 · 1000
}

TEST(Ledger, OwnPricesGoBeforeListsAndDiscountsAreOfLists) {
  const Resources servers = {{"aws_instance.a", R"({"instance_type": "m5.large"})"},
                             {"aws_instance.b", R"({"instance_type": "c5.large"})"}};
  blueprint::OwnPrices own;
  own.prices.push_back(
      {"aws", "ec2", "m5.large", "us-east-1", "hour", "1", "0.05", "deal", "", "", {}});
  own.discounts.push_back({"aws", "", "5", {}});
  own.discounts.push_back({"aws", "ec2", "20", {}});
  const BillOf bill(plan_in("aws", "us-east-1", servers), own);
  EXPECT_EQ(bill.cents("aws_instance.a", "server"), 3650);   // 0.05 · 730
  EXPECT_EQ(bill.cents("aws_instance.b", "server"), 4964);   // 0.085 · 0.8 · 730
  EXPECT_EQ(bill.cents("aws_instance.b", "root disk"), 76);  // 0.10 · 8 GB · 0.95
  EXPECT_EQ(bill.line("aws_instance.b", "server").discount, "20 %");
}

TEST(Ledger, AnAgreedAmountIsAllThatAComponentCosts) {
  blueprint::OwnPrices own;
  own.monthly.push_back({"aws_instance.a", {12'340'000}, {}});
  const BillOf bill(
      plan_in("aws", "us-east-1", {{"aws_instance.a", R"({"instance_type": "x.y"})"}}), own);
  ASSERT_EQ(bill.bill.lines.size(), 1U);
  EXPECT_EQ(bill.cents("aws_instance.a", "as agreed"), 1234);
}

TEST(Ledger, WhatRunsOnMachinesOfTheInputsIsPaidForWithThese) {
  const BillOf bill("services: {web: {image: nginx}, db: {image: postgres}}\n");
  ASSERT_EQ(bill.bill.lines.size(), 1U);
  EXPECT_EQ(bill.bill.lines.front().component, "host");
  EXPECT_EQ(bill.bill.unpriced_share, 1) << "of which no input says what it costs";
}

TEST(Ledger, PodsWhoseNodesNoInputHoldsAreUnpriced) {
  const BillOf bill(
      "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\n"
      "spec: {containers: [{name: a, image: a}]}\n---\n"
      "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"
      "spec: {type: NodePort, selector: {app: web}, ports: [{port: 80}]}\n");
  EXPECT_EQ(bill.line("default/Pod/web", "").state, LineState::unpriced);
  EXPECT_EQ(bill.line("default/Service/web", "").state, LineState::free);
  EXPECT_EQ(bill.bill.unpriced_share, 1);
}

TEST(Ledger, WhatIsNotKnownIsNeverNothing) {
  const BillOf bill(plan_in(
      "aws", "us-east-1",
      {{"aws_instance.a", R"({"instance_type": "x9.gigantic"})"}, {"aws_not_known.b", "{}"}}));
  EXPECT_EQ(bill.line("aws_instance.a", "server").why, "no price is known of ec2 x9.gigantic");
  EXPECT_EQ(bill.line("aws_not_known.b", "").state, LineState::unpriced);
  EXPECT_EQ(bill.bill.unpriced, 2U);
}

bool has_line(const Bill& bill, const std::string& what) {
  return std::any_of(bill.lines.begin(), bill.lines.end(),
                     [&](const Line& line) { return line.what == what; });
}

TEST(Ledger, ADiskPaysForWhatItIsGivenBeyondItsType) {
  const std::string disk = "aws_ebs_volume.d";
  const auto bill_with = [&](const std::string& more) {
    return BillOf(plan_in("aws", "us-east-1", {{disk, R"({"size": 100, )" + more + "}"}}));
  };
  const BillOf own = bill_with(R"("type": "gp3", "iops": 6000, "throughput": 250)");
  EXPECT_EQ(own.cents(disk, "disk"), 800);         // 100 GB · 0.08
  EXPECT_EQ(own.cents(disk, "operations"), 1500);  // (6000 - 3000) · 0.005
  EXPECT_EQ(own.cents(disk, "throughput"), 500);   // (250 - 125) · 0.04
  const BillOf plain = bill_with(R"("type": "gp3", "iops": 3000, "throughput": 125)");
  EXPECT_EQ(plain.bill.lines.size(), 1U) << "so much comes with it";
  EXPECT_EQ(bill_with(R"("type": "io2", "iops": 1000)").cents(disk, "operations"), 6500);
  const BillOf fast = bill_with(R"("type": "io2", "iops": 40000)");
  EXPECT_EQ(fast.cents(disk, "operations"),
            208000);  // 32000 · 0.065, and the rest at another price
  EXPECT_EQ(fast.line(disk, "operations above 32000").state, LineState::unpriced);
}

TEST(Ledger, ADatabasePaysForOperationsBeyondItsDisk) {
  const std::string database = "aws_db_instance.d";
  const auto bill_with = [&](const std::string& more) {
    return BillOf(plan_in("aws", "us-east-1",
                          {{database, R"({"instance_class": "db.m5.large", "engine": "mysql",
                                          "allocated_storage": 500, )" +
                                          more + "}"}}));
  };
  EXPECT_FALSE(has_line(bill_with(R"("storage_type": "gp3", "iops": 12000)").bill, "operations"));
  const BillOf fast =
      bill_with(R"("storage_type": "gp3", "iops": 20000, "storage_throughput": 700)");
  EXPECT_EQ(fast.cents(database, "operations"), 16000);  // (20000 - 12000) · 0.02
  EXPECT_EQ(fast.cents(database, "throughput"), 1600);   // (700 - 500) · 0.08
  const BillOf twice = bill_with(R"("storage_type": "gp3", "iops": 20000, "multi_az": true)");
  EXPECT_EQ(twice.cents(database, "operations in two zones"), 32000);  // 8000 · 0.04
  const BillOf own = bill_with(R"("storage_type": "io1", "iops": 1000)");
  EXPECT_EQ(own.cents(database, "operations"), 10000);  // 1000 · 0.10
}

TEST(Ledger, WhatIsNoPlainServerIsNotPricedAsOne) {
  const std::string server = "aws_instance.a";
  const auto bill_with = [&](const std::string& more) {
    return BillOf(
        plan_in("aws", "us-east-1", {{server, R"({"instance_type": "m5.large")" + more + "}"}}));
  };
  EXPECT_EQ(bill_with("").cents(server, "server"), 7008);  // 0.096 · 730
  EXPECT_EQ(bill_with(R"(, "tenancy": "default")").cents(server, "server"), 7008);
  const BillOf spot = bill_with(R"(, "instance_market_options": [{"market_type": "spot"}])");
  EXPECT_EQ(spot.line(server, "spot server").state, LineState::unpriced);
  EXPECT_FALSE(has_line(spot.bill, "server"));
  const BillOf alone = bill_with(R"(, "tenancy": "dedicated")");
  EXPECT_EQ(alone.line(server, "server on hardware of its own").state, LineState::unpriced);
  EXPECT_FALSE(has_line(alone.bill, "server"));
  const BillOf on_host = bill_with(R"(, "tenancy": "host")");
  EXPECT_EQ(on_host.line(server, "server on a host of its own").state, LineState::unpriced);
  EXPECT_FALSE(has_line(on_host.bill, "server"));
}

TEST(Ledger, InstancesThatAreKeptWarmAreNotFree) {
  const std::string service = "google_cloud_run_v2_service.s";
  const auto bill_with = [&](const std::string& scaling) {
    return BillOf(plan_in("google", "us-central1",
                          {{service, R"({"name": "s", "location": "us-central1",
                                         "template": [{"scaling": [{)" +
                                         scaling + "}]}]}"}}));
  };
  const BillOf two = bill_with(R"("min_instance_count": 2)");
  EXPECT_EQ(two.cents(service, "processors kept warm"), 1314);  // 2 · 1 vCPU · 0.009 · 730
  EXPECT_EQ(two.cents(service, "memory kept warm"), 657);       // 2 · 0.5 GiB · 0.009 · 730
  EXPECT_FALSE(has_line(bill_with(R"("min_instance_count": 0)").bill, "processors kept warm"));
}

TEST(Ledger, ProcessorsThatAreNeverIdleAreNotBilledByRequest) {
  const std::string service = "google_cloud_run_v2_service.s";
  const BillOf always(
      plan_in("google", "us-central1", {{service, R"({"name": "s", "location": "us-central1",
                     "template": [{"scaling": [{"min_instance_count": 2}],
                                   "containers": [{"resources": [{"cpu_idle": false}]}]}]})"}}));
  ASSERT_EQ(always.bill.lines.size(), 1U);
  EXPECT_EQ(always.bill.lines[0].what, "processors that are never idle");
  EXPECT_EQ(always.bill.lines[0].state, LineState::unpriced);
}

TEST(Ledger, StorageIsBilledWhereABlueprintTellsIt) {
  const BillOf bill(
      "outlast: 1\ncomponents:\n"
      "  db: {type: aws.rds.mysql, size: db.m5.large, region: us-east-1, zones: [a],\n"
      "       traits: {storage_gb: \"100\"}}\n"
      "  own: {type: aws.ec2, kind: database, size: m5.large, region: us-east-1, zones: [a],\n"
      "        traits: {storage_gb: \"100\"}}\n");
  EXPECT_EQ(bill.cents("db", "server"), 12483);     // 0.171 · 730
  EXPECT_EQ(bill.cents("db", "storage"), 1150);     // 100 GB · 0.115
  EXPECT_EQ(bill.cents("own", "root disk"), 1000);  // 100 GB · 0.10
}

TEST(Ledger, EveryTariffIsOfSomethingThatTheCatalogKnows) {
  const auto& known = catalog::Catalog::built_in();
  for (const Tariff& tariff : built_in_tables().tariffs) {
    const bool is_type = tariff.of.find('.') != std::string_view::npos;
    const auto* entry = is_type ? known.type(tariff.of) : known.spelled("terraform", tariff.of);
    entry = entry == nullptr ? known.spelled("kubernetes", tariff.of) : entry;
    ASSERT_NE(entry, nullptr) << tariff.of;
    EXPECT_TRUE(!is_type || entry->name == tariff.of) << tariff.of;
    EXPECT_EQ(entry->provider, tariff.provider) << tariff.of;
  }
}

/// Plans of servers, disks and addresses, some of them without a price.
Resources some_resources() {
  const auto sizes =
      *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 4));
  const std::string kinds[] = {R"({"instance_type": "t3.micro"})",
                               R"({"instance_type": "m5.xlarge"})",
                               R"({"instance_type": "none.such"})", "{}"};
  Resources resources;
  for (const std::size_t size : sizes) {
    const std::string index = std::to_string(resources.size());
    resources.emplace_back("aws_instance.s" + index, kinds[size]);
    resources.emplace_back("aws_eip.e" + index, "{}");
  }
  return resources;
}

RC_GTEST_PROP(Ledger, TheTotalIsTheSumOfItsLinesAndOrderChangesNothing, ()) {
  const Resources resources = some_resources();
  Resources turned = resources;
  std::reverse(turned.begin(), turned.end());
  const BillOf bill(plan_in("aws", "us-east-1", resources));
  const BillOf other(plan_in("aws", "us-east-1", turned));
  std::int64_t sum = 0;
  for (const Line& line : bill.bill.lines) {
    RC_ASSERT(line.monthly.micro_usd % 10'000 == 0);
    sum += line.monthly.micro_usd;
    const auto& same = other.line(line.address, line.what);
    RC_ASSERT(same.monthly == line.monthly);
    RC_ASSERT(same.why == line.why);
  }
  RC_ASSERT(sum == bill.bill.monthly.micro_usd);
  RC_ASSERT(bill.bill.monthly == other.bill.monthly);
  RC_ASSERT(bill.bill.lines.size() == other.bill.lines.size());
}

}  // namespace
}  // namespace outlast::engines::cost
