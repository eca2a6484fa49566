// Bills of six plans of three providers, worked out by hand: a month has 730 hours, every line is
// rounded to the cent, prices are those of data/prices.

#include <gtest/gtest.h>

#include <cstdlib>

#include "support/bill_of.h"
#include "support/root.h"

namespace outlast {
namespace {

using support::BillOf;
using support::plan_in;

TEST(Bills, AwsServersBehindABalancerWithADatabaseInTwoZones) {
  const std::string server =
      R"({"instance_type": "t3.micro", "associate_public_ip_address": true,
          "root_block_device": [{"volume_type": "gp3", "volume_size": 20}]})";
  const BillOf bill(
      plan_in("aws", "us-east-1",
              {{"aws_instance.web[0]", server},
               {"aws_instance.web[1]", server},
               {"aws_lb.front", R"({"load_balancer_type": "application", "internal": false})"},
               {"aws_db_instance.main",
                R"({"instance_class": "db.t3.large", "engine": "mysql", "multi_az": true,
            "allocated_storage": 100})"}}));
  for (const std::string web : {"aws_instance.web[0]", "aws_instance.web[1]"}) {
    EXPECT_EQ(bill.cents(web, "server"), 759);          // 0.0104 · 730 = 7.592
    EXPECT_EQ(bill.cents(web, "root disk"), 160);       // 0.08 · 20 GB
    EXPECT_EQ(bill.cents(web, "public address"), 365);  // 0.005 · 730
  }
  EXPECT_EQ(bill.cents("aws_lb.front", "balancer"), 1643);  // 0.0225 · 730 = 16.425, half up
  EXPECT_EQ(bill.line("aws_lb.front", "capacity units").state, BillOf::State::open);
  EXPECT_EQ(bill.cents("aws_db_instance.main", "servers in two zones"), 19856);  // 0.272 · 730
  EXPECT_EQ(bill.cents("aws_db_instance.main", "storage in two zones"), 2300);   // 0.23 · 100 GB
  EXPECT_EQ(bill.cents("aws_lb.front", "public addresses"), 730);  // 0.005 · 2 zones at least · 730
  EXPECT_EQ(bill.cents(), 27097);  // 2 · (7.59 + 1.60 + 3.65) + 16.43 + 7.30 + 198.56 + 23.00
  EXPECT_EQ(bill.bill.unpriced, 0U) << bill.text();
  EXPECT_EQ(bill.bill.open, 1U);
}

TEST(Bills, AwsAGroupWithItsWayOutADiskOfNobodyAndAName) {
  const BillOf bill(plan_in(
      "aws", "us-east-1",
      {{"aws_launch_template.app", R"({"id": "lt-1", "instance_type": "m6i.large"})"},
       {"aws_autoscaling_group.app",
        R"({"desired_capacity": 3, "min_size": 2, "max_size": 6,
            "launch_template": [{"id": "lt-1"}]})"},
       {"aws_eip.nat", R"({"id": "eipalloc-1", "domain": "vpc"})"},
       {"aws_nat_gateway.a", R"({"allocation_id": "eipalloc-1"})"},
       {"aws_ebs_volume.old", R"({"availability_zone": "us-east-1a", "type": "io2", "size": 100})"},
       {"aws_route53_zone.main", R"({"name": "example.com"})"}}));
  EXPECT_EQ(bill.cents("aws_autoscaling_group.app", "servers"), 21024);   // 0.096 · 3 · 730
  EXPECT_EQ(bill.cents("aws_autoscaling_group.app", "root disks"), 240);  // 0.10 · 8 GB · 3
  EXPECT_EQ(bill.cents("aws_nat_gateway.a", "gateway"), 3285);            // 0.045 · 730
  EXPECT_EQ(bill.cents("aws_eip.nat", "public address"), 365);            // 0.005 · 730
  EXPECT_EQ(bill.cents("aws_ebs_volume.old", "disk"), 1250);              // 0.125 · 100 GB
  EXPECT_EQ(bill.cents("aws_route53_zone.main", "hosted zone"), 50);      // 0.50, everywhere alike
  EXPECT_EQ(bill.cents(), 26214);  // 210.24 + 2.40 + 32.85 + 3.65 + 12.50 + 0.50
  EXPECT_EQ(bill.line("aws_eip.nat", "public address").component, "aws_nat_gateway.a");
}

TEST(Bills, AwsPublicAddressesOfWhatFacesTheInternet) {
  const auto subnet = [](const std::string& zone) {
    return R"({"id": "subnet-)" + zone + R"(", "availability_zone": "us-east-1)" + zone + "\"}";
  };
  const BillOf bill(
      plan_in("aws", "us-east-1",
              {{"aws_subnet.a", subnet("a")},
               {"aws_subnet.b", subnet("b")},
               {"aws_lb.front", R"({"internal": false, "subnets": ["subnet-a", "subnet-b"]})"},
               {"aws_lb.inner", R"({"internal": true, "subnets": ["subnet-a", "subnet-b"]})"},
               {"aws_lb.own", R"({"load_balancer_type": "network", "subnet_mapping": [
            {"subnet_id": "subnet-a", "allocation_id": "eipalloc-1"}]})"},
               {"aws_db_instance.open",
                R"({"instance_class": "db.t3.large", "engine": "mysql", "multi_az": true,
            "allocated_storage": 100, "publicly_accessible": true})"},
               {"aws_launch_template.app", R"({"id": "lt-1", "instance_type": "m6i.large",
            "network_interfaces": [{"associate_public_ip_address": "true"}]})"},
               {"aws_autoscaling_group.app",
                R"({"desired_capacity": 3, "min_size": 3, "max_size": 6,
            "launch_template": [{"id": "lt-1"}]})"}}));
  EXPECT_EQ(bill.cents("aws_lb.front", "public addresses"), 730);  // 0.005 · 2 subnets · 730
  EXPECT_EQ(bill.cents("aws_db_instance.open", "public address"), 365);          // 0.005 · 730
  EXPECT_EQ(bill.cents("aws_autoscaling_group.app", "public addresses"), 1095);  // 0.005 · 3 · 730
  // 3 · 16.425 rounded to 16.43 each; addresses 7.30 + 3.65 + 10.95; the database 198.56 + 23.00;
  // servers 0.096 · 3 · 730 = 210.24 with 8 GB · 0.10 · 3 = 2.40. An address of one's own is the
  // address's own line.
  EXPECT_EQ(bill.cents(), 50539) << bill.text();
}

TEST(Bills, AwsEveryDiskOfATemplateAndWhatHasNoPrice) {
  const BillOf bill(
      plan_in("aws", "us-east-1",
              {{"aws_launch_template.app", R"({"id": "lt-1", "instance_type": "m6i.large",
            "block_device_mappings": [
              {"device_name": "/dev/xvda", "ebs": [{"volume_type": "gp3", "volume_size": 20}]},
              {"device_name": "/dev/sdf", "ebs": [{"volume_type": "io2", "volume_size": 100}]}]})"},
               {"aws_autoscaling_group.app",
                R"({"desired_capacity": 3, "min_size": 3, "max_size": 6,
            "launch_template": [{"id": "lt-1"}]})"},
               {"aws_wafv2_web_acl.front", R"({"rule": [{"name": "a"}, {"name": "b"}]})"},
               {"aws_efs_file_system.files",
                R"({"throughput_mode": "provisioned", "provisioned_throughput_in_mibps": 10})"},
               {"aws_rds_cluster.db", R"({"id": "db", "engine": "aurora-postgresql",
            "serverlessv2_scaling_configuration": [{"min_capacity": 0.5, "max_capacity": 4}]})"},
               {"aws_rds_cluster_instance.one", R"({"cluster_identifier": "db",
            "instance_class": "db.serverless", "engine": "aurora-postgresql"})"}}));
  const std::string group = "aws_autoscaling_group.app";
  EXPECT_EQ(bill.cents(group, "servers"), 21024);                       // 0.096 · 3 · 730
  EXPECT_EQ(bill.cents(group, "root disks"), 480);                      // 0.08 · 20 GB · 3
  EXPECT_EQ(bill.cents(group, "disks"), 3750);                          // 0.125 · 100 GB · 3
  EXPECT_EQ(bill.cents("aws_rds_cluster.db", "least capacity"), 4380);  // 0.12 · 0.5 · 730
  EXPECT_EQ(bill.line("aws_wafv2_web_acl.front", "rule").state, BillOf::State::unpriced);
  EXPECT_EQ(bill.line("aws_efs_file_system.files", "provisioned throughput").state,
            BillOf::State::unpriced);
}

TEST(Bills, AwsATemplateIsBilledAsAPlanIs) {
  const BillOf bill(R"(
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      InstanceType: t3.micro
      AvailabilityZone: us-east-1a
      BlockDeviceMappings:
        - { DeviceName: /dev/sdf, Ebs: { VolumeSize: 100, VolumeType: gp3 } }
        - { DeviceName: /dev/xvda, Ebs: { VolumeSize: 20, VolumeType: gp3 } }
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        InstanceType: t3.micro
        BlockDeviceMappings:
          - { DeviceName: /dev/sdf, Ebs: { VolumeSize: 100, VolumeType: gp3 } }
          - { DeviceName: /dev/xvda, Ebs: { VolumeSize: 20, VolumeType: gp3 } }
  Group:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties: { MinSize: "2", MaxSize: "2", AvailabilityZones: [us-east-1a, us-east-1b],
                  LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: "1" } }
  Disk:
    Type: AWS::EC2::Volume
    Properties: { AvailabilityZone: us-east-1a, Size: 50, VolumeType: io2 }
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: { ReadCapacityUnits: 10, WriteCapacityUnits: 5 }
      GlobalSecondaryIndexes:
        - { IndexName: by_day, ProvisionedThroughput: { ReadCapacityUnits: 20, WriteCapacityUnits: 0 } }
)");
  EXPECT_EQ(bill.cents("outlast/Web", "root disk"), 160);        // 0.08 · 20 GB
  EXPECT_EQ(bill.cents("outlast/Web", "disk"), 800);             // 0.08 · 100 GB
  EXPECT_EQ(bill.cents("outlast/Group", "root disks"), 320);     // 0.08 · 20 GB · 2
  EXPECT_EQ(bill.cents("outlast/Group", "disks"), 1600);         // 0.08 · 100 GB · 2
  EXPECT_EQ(bill.cents("outlast/Disk", "disk"), 625);            // 0.125 · 50 GB
  EXPECT_EQ(bill.cents("outlast/Orders", "read capacity"), 95);  // 0.00013 · 10 · 730
  EXPECT_EQ(bill.cents("outlast/Orders", "read capacity of an index"), 190);  // 0.00013 · 20 · 730
}

TEST(Bills, AwsAServersOwnDiskGoesBeforeThatOfItsTemplate) {
  const std::string templates = R"({"id": "lt-1", "instance_type": "t3.micro",
            "block_device_mappings": [
              {"device_name": "/dev/xvda", "ebs": [{"volume_type": "gp3", "volume_size": 20}]},
              {"device_name": "/dev/sdf", "ebs": [{"volume_type": "gp3", "volume_size": 100}]}]})";
  const std::string by_template = R"("launch_template": [{"id": "lt-1"}])";
  const BillOf bill(
      plan_in("aws", "us-east-1",
              {{"aws_launch_template.app", templates},
               {"aws_instance.plain", "{" + by_template + "}"},
               {"aws_instance.own", "{" + by_template +
                                        R"(, "root_block_device": [{"volume_type": "gp3",
                                    "volume_size": 500}]})"}}));
  EXPECT_EQ(bill.cents("aws_instance.plain", "root disk"), 160);  // 0.08 · 20 GB
  EXPECT_EQ(bill.cents("aws_instance.own", "root disk"), 4000);   // 0.08 · 500 GB
  for (const std::string server : {"aws_instance.plain", "aws_instance.own"}) {
    EXPECT_EQ(bill.cents(server, "disk"), 800);  // 0.08 · 100 GB
  }
  EXPECT_EQ(bill.cents(), 2 * 759 + 160 + 4000 + 2 * 800) << bill.text();

  const BillOf told_twice(R"(
Resources:
  Template:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        InstanceType: t3.micro
        BlockDeviceMappings:
          - { DeviceName: /dev/xvda, Ebs: { VolumeSize: 20, VolumeType: gp3 } }
          - { DeviceName: /dev/sdf, Ebs: { VolumeSize: 100, VolumeType: gp3 } }
  Web:
    Type: AWS::EC2::Instance
    Properties:
      AvailabilityZone: us-east-1a
      LaunchTemplate: { LaunchTemplateId: !Ref Template, Version: "1" }
      BlockDeviceMappings:
        - { DeviceName: /dev/xvda, Ebs: { VolumeSize: 50, VolumeType: gp3 } }
)");
  EXPECT_EQ(told_twice.cents("outlast/Web", "root disk"), 400);  // 0.08 · 50 GB
  EXPECT_EQ(told_twice.cents("outlast/Web", "disk"), 800);       // 0.08 · 100 GB
  EXPECT_EQ(told_twice.cents(), 759 + 400 + 800) << told_twice.text();
}

TEST(Bills, AwsASystemThatNobodyTellsIsTakenForLinuxAndSaidSo) {
  const BillOf bill(plan_in(
      "aws", "us-east-1",
      {{"aws_instance.web", R"({"instance_type": "t3.micro"})"},
       {"aws_instance.desk", R"({"instance_type": "t3.micro", "get_password_data": true})"}}));
  EXPECT_EQ(bill.cents("aws_instance.web", "server"), 759);  // 0.0104 · 730 = 7.592
  EXPECT_NE(bill.line("aws_instance.web", "server").why.find("Linux"), std::string::npos);
  EXPECT_EQ(bill.line("aws_instance.desk", "server with Windows").state, BillOf::State::unpriced);
}

TEST(Bills, AwsEveryNodeOfEveryShardAndEveryIndex) {
  const BillOf bill(plan_in(
      "aws", "us-east-1",
      {{"aws_elasticache_replication_group.shards",
        R"({"node_type": "cache.m4.large", "num_node_groups": 2, "replicas_per_node_group": 2})"},
       {"aws_elasticache_replication_group.by_hand",
        R"({"node_type": "cache.m4.large", "num_cache_clusters": 3,
            "automatic_failover_enabled": false})"},
       {"aws_dynamodb_table.orders",
        R"({"billing_mode": "PROVISIONED", "read_capacity": 10, "write_capacity": 5,
            "global_secondary_index": [{"name": "by_day", "read_capacity": 20,
                                        "write_capacity": 0}]})"},
       {"aws_ecs_task_definition.t", R"({"arn": "arn:t", "cpu": "1024", "memory": "2048"})"},
       {"aws_ecs_service.ready",
        R"({"task_definition": "arn:t", "desired_count": 3,
            "capacity_provider_strategy": [{"capacity_provider": "FARGATE"}]})"},
       {"aws_ecs_service.spot",
        R"({"task_definition": "arn:t", "desired_count": 3,
            "capacity_provider_strategy": [{"capacity_provider": "FARGATE_SPOT"}]})"},
       {"aws_rds_cluster.three",
        R"({"engine": "postgres", "db_cluster_instance_class": "db.m5d.large",
            "allocated_storage": 100})"}}));
  EXPECT_EQ(bill.cents("aws_elasticache_replication_group.shards", "nodes"),
            68328);  // 0.156 · 2 · (1 + 2) · 730
  EXPECT_EQ(bill.cents("aws_elasticache_replication_group.by_hand", "nodes"),
            34164);  // 0.156 · 3 · 730: all are paid for, whichever takes over
  EXPECT_EQ(bill.cents("aws_dynamodb_table.orders", "read capacity of an index"),
            190);                                                      // 0.00013 · 20 · 730
  EXPECT_EQ(bill.cents("aws_ecs_service.ready", "processors"), 8865);  // 0.04048 · 3 · 730
  EXPECT_EQ(bill.cents("aws_ecs_service.ready", "memory"), 1947);      // 0.004445 · 6 GB · 730
  EXPECT_EQ(bill.line("aws_ecs_service.spot", "spot processors").state, BillOf::State::unpriced);
  EXPECT_EQ(bill.line("aws_rds_cluster.three", "servers in three zones").state,
            BillOf::State::unpriced);
}

TEST(Bills, GoogleCloudServerWithADatabaseInTwoZonesAndMemory) {
  const BillOf bill(
      plan_in("google", "us-central1",
              {{"google_compute_instance.app",
                R"({"machine_type": "e2-medium", "zone": "us-central1-a", "boot_disk":
            [{"initialize_params": [{"type": "pd-ssd", "size": 20}]}]})"},
               {"google_sql_database_instance.main",
                R"({"database_version": "POSTGRES_15", "region": "us-central1", "settings":
            [{"tier": "db-custom-2-7680", "availability_type": "REGIONAL", "disk_size": 50}]})"},
               {"google_redis_instance.cache",
                R"({"tier": "STANDARD_HA", "memory_size_gb": 5, "region": "us-central1"})"},
               {"google_compute_forwarding_rule.front", R"({"region": "us-central1"})"}}));
  const std::string sql = "google_sql_database_instance.main";
  EXPECT_EQ(bill.cents("google_compute_instance.app", "server"), 2446);  // 0.03351 · 730 = 24.4623
  EXPECT_EQ(bill.cents("google_compute_instance.app", "boot disk"), 340);  // 0.17 · 20 GB
  EXPECT_EQ(bill.cents(sql, "processors in two zones"), 12060);  // 0.0826 · 2 · 730 = 120.596
  EXPECT_EQ(bill.cents(sql, "memory in two zones"), 7665);       // 10.22 · 7680 / 1024 GB
  EXPECT_EQ(bill.cents(sql, "storage in two zones"), 1700);      // 0.34 · 50 GB
  EXPECT_EQ(bill.cents("google_redis_instance.cache", "memory in two zones"),
            23360);  // 0.064 · 5 GB · 730
  EXPECT_EQ(bill.cents("google_compute_forwarding_rule.front", "forwarding rule"),
            1825);                 // 0.025 · 730, for up to five
  EXPECT_EQ(bill.cents(), 49396);  // 24.46 + 3.40 + 120.60 + 76.65 + 17.00 + 233.60 + 18.25
  EXPECT_EQ(bill.bill.unpriced, 0U) << bill.text();
}

TEST(Bills, GoogleCloudFiveForwardingRulesOfARegionCostTogetherWhatTheFirstDoes) {
  std::vector<std::pair<std::string, std::string>> rules;
  for (int i = 0; i < 7; ++i) {
    rules.emplace_back("google_compute_forwarding_rule.r" + std::to_string(i),
                       R"({"region": "us-central1"})");
  }
  rules.emplace_back("google_compute_global_forwarding_rule.g", "{}");
  const BillOf bill(plan_in("google", "us-central1", rules));
  // 0.025 · 730 for the first five, 0.01 · 730 each of two more, and 0.025 · 730 for the global one
  EXPECT_EQ(bill.cents(), 5110) << bill.text();
  EXPECT_EQ(bill.bill.unpriced, 0U) << bill.text();
}

TEST(Bills, GoogleCloudWhatHasNoPriceInItsRegionIsNotGuessedFromAnother) {
  const BillOf bill(plan_in("google", "us-east1",
                            {{"google_compute_instance.app",
                              R"({"machine_type": "n1-standard-1", "zone": "us-east1-b"})"},
                             {"google_container_node_pool.pool",
                              R"({"location": "us-east1-b", "node_count": 3,
            "node_config": [{"machine_type": "e2-standard-2"}]})"}}));
  EXPECT_EQ(bill.cents("google_compute_instance.app", "server"), 3467);  // 0.04749975 · 730
  EXPECT_EQ(bill.cents("google_container_node_pool.pool", "nodes"),
            14676);  // 0.06701142 · 3 · 730 = 146.7550098
  const auto& disk = bill.line("google_compute_instance.app", "boot disk");
  EXPECT_EQ(disk.state, BillOf::State::unpriced);
  EXPECT_EQ(disk.why, "no price of disk pd-standard is known in us-east1");
  EXPECT_EQ(bill.cents(), 18143);
  EXPECT_EQ(bill.bill.unpriced, 2U) << bill.text();
  EXPECT_DOUBLE_EQ(bill.bill.unpriced_share, 0.5);  // two disks of four lines
}

TEST(Bills, AzureServerBehindAGatewayWithItsWayOut) {
  const BillOf bill(plan_in(
      "azurerm", "",
      {{"azurerm_linux_virtual_machine.app",
        R"({"size": "Standard_D2s_v5", "location": "East US", "os_disk":
            [{"storage_account_type": "Premium_LRS", "disk_size_gb": 64}]})"},
       {"azurerm_public_ip.front", R"({"location": "eastus", "allocation_method": "Static"})"},
       {"azurerm_nat_gateway.out", R"({"location": "eastus"})"},
       {"azurerm_application_gateway.front",
        R"({"location": "eastus", "sku": [{"name": "WAF_v2", "tier": "WAF_v2"}]})"}}));
  EXPECT_EQ(bill.cents("azurerm_linux_virtual_machine.app", "server"), 7008);       // 0.096 · 730
  EXPECT_EQ(bill.cents("azurerm_linux_virtual_machine.app", "system disk"), 1021);  // P6, 64 GB
  EXPECT_EQ(bill.cents("azurerm_public_ip.front", "public address"), 730);          // 0.01 · 730
  EXPECT_EQ(bill.cents("azurerm_nat_gateway.out", "gateway"), 3285);                // 0.045 · 730
  EXPECT_EQ(bill.cents("azurerm_application_gateway.front", "gateway"), 26280);     // 0.36 · 730
  EXPECT_EQ(bill.cents(), 38324) << bill.text();  // 70.08 + 10.21 + 7.30 + 32.85 + 262.80
}

TEST(Bills, AzurePlatformWithADatabaseAndMessages) {
  const BillOf bill(plan_in(
      "azurerm", "",
      {{"azurerm_service_plan.app",
        R"({"location": "eastus", "sku_name": "S1", "worker_count": 2, "os_type": "Linux"})"},
       {"azurerm_postgresql_flexible_server.main",
        R"({"location": "eastus", "sku_name": "GP_Standard_D2ds_v5"})"},
       {"azurerm_redis_cache.sessions",
        R"({"location": "eastus", "sku_name": "Premium", "family": "P", "capacity": 1,
            "replicas_per_primary": 2})"},
       {"azurerm_servicebus_namespace.bus", R"({"location": "eastus", "sku": "Standard"})"}}));
  EXPECT_EQ(bill.cents("azurerm_service_plan.app", "servers"), 14600);  // 0.1 · 2 · 730
  EXPECT_EQ(bill.cents("azurerm_postgresql_flexible_server.main", "servers"),
            14819);  // 0.203 · 730
  const auto& storage = bill.line("azurerm_postgresql_flexible_server.main", "storage");
  EXPECT_EQ(storage.state, BillOf::State::unpriced);
  EXPECT_EQ(bill.cents("azurerm_redis_cache.sessions", "nodes"), 60663);        // 0.277 · 3 · 730
  EXPECT_EQ(bill.cents("azurerm_servicebus_namespace.bus", "namespace"), 981);  // 0.01344 · 730
  EXPECT_EQ(bill.cents(), 91063) << bill.text();  // 146.00 + 148.19 + 606.63 + 9.81
}

TEST(Bills, GoogleCloudEveryDiskOfATemplateTheNodesOfAClusterAndWhatHasNoPrice) {
  const BillOf bill(
      plan_in("google", "us-central1",
              {{"google_compute_instance_template.t",
                R"({"id": "projects/p/global/instanceTemplates/t", "name": "t",
            "machine_type": "n1-standard-2", "disk": [
              {"boot": true, "disk_type": "pd-ssd", "disk_size_gb": 50},
              {"disk_type": "pd-ssd", "disk_size_gb": 200}]})"},
               {"google_compute_region_instance_group_manager.m",
                R"({"region": "us-central1", "target_size": 3, "version": [
            {"instance_template": "projects/p/global/instanceTemplates/t"}]})"},
               {"google_container_cluster.k",
                R"({"location": "us-central1-a", "initial_node_count": 2, "node_config": [
            {"machine_type": "n1-standard-2", "disk_type": "pd-ssd", "disk_size_gb": 20}]})"},
               {"google_compute_instance.app",
                R"({"machine_type": "e2-medium", "zone": "us-central1-a",
            "network_interface": [{"access_config": [{}]}], "scratch_disk": [{"interface": "NVME"}],
            "guest_accelerator": [{"type": "nvidia-tesla-t4", "count": 1}]})"}}));
  const std::string group = "google_compute_region_instance_group_manager.m";
  EXPECT_EQ(bill.cents(group, "boot disks"), 2550);                     // 0.17 · 50 GB · 3
  EXPECT_EQ(bill.cents(group, "disks"), 10200);                         // 0.17 · 200 GB · 3
  EXPECT_EQ(bill.cents("google_container_cluster.k", "nodes"), 13870);  // 0.095 · 2 · 730
  EXPECT_EQ(bill.cents("google_container_cluster.k", "disks"), 680);    // 0.17 · 20 GB · 2
  for (const auto& [address, what] :
       {std::pair("google_compute_instance.app", "disk of the machine's own"),
        std::pair("google_compute_instance.app", "accelerator")}) {
    EXPECT_EQ(bill.line(address, what).state, BillOf::State::unpriced) << address << what;
  }
}

TEST(Bills, GoogleCloudAServerHasTheDisksOfItsTemplateButForItsOwn) {
  const std::string id = R"("source_instance_template": "projects/p/global/instanceTemplates/t")";
  const std::string zone = R"("zone": "us-central1-a", "machine_type": "e2-medium")";
  const std::string made = "google_compute_instance_from_template.";
  const BillOf bill(plan_in(
      "google", "us-central1",
      {{"google_compute_instance_template.t",
        R"({"id": "projects/p/global/instanceTemplates/t", "name": "t",
            "machine_type": "e2-medium", "disk": [
              {"boot": true, "disk_type": "pd-ssd", "disk_size_gb": 50},
              {"disk_type": "pd-standard", "disk_size_gb": 200}]})"},
       {made + "plain", "{" + id + ", " + zone + "}"},
       {made + "own",
        "{" + id + ", " + zone + R"(, "boot_disk": [{"initialize_params": [{"size": 500}]}]})"}}));
  EXPECT_EQ(bill.cents(made + "plain", "boot disk"), 850);  // 0.17 · 50 GB
  EXPECT_EQ(bill.cents(made + "own", "boot disk"), 2000);   // 0.04 · 500 GB
  EXPECT_EQ(bill.cents(made + "plain", "disk"), 800);       // 0.04 · 200 GB
  EXPECT_EQ(bill.cents(made + "own", "disk"), 800);
}

TEST(Bills, GoogleCloudAnAddressIsBilledByWhatUsesIt) {
  const auto address = [](const std::string& ip) {
    return R"({"region": "us-central1", "address": ")" + ip + R"("})";
  };
  const auto server = [](const std::string& ip, const std::string& more) {
    return R"({"machine_type": "e2-medium", "zone": "us-central1-a", )" + more +
           R"("network_interface": [{"access_config": [{"nat_ip": ")" + ip + R"("}]}]})";
  };
  const std::string spot = R"("scheduling": [{"preemptible": true}], )";
  const BillOf bill(plan_in(
      "google", "us-central1",
      {{"google_compute_address.spare", address("34.1.1.1")},
       {"google_compute_address.of_server", address("34.1.1.2")},
       {"google_compute_address.of_rule", address("34.1.1.3")},
       {"google_compute_address.of_spot", address("34.1.1.4")},
       {"google_compute_address.inside",
        R"({"region": "us-central1", "address": "10.0.0.9", "address_type": "INTERNAL"})"},
       {"google_compute_instance.app", server("34.1.1.2", "")},
       {"google_compute_instance.spot", server("34.1.1.4", spot)},
       {"google_compute_instance.passing",
        R"({"machine_type": "e2-medium", "zone": "us-central1-a",
            "network_interface": [{"access_config": [{}]}]})"},
       {"google_compute_forwarding_rule.front",
        R"({"region": "us-central1", "ip_address": "34.1.1.3"})"},
       {"google_compute_router_nat.out", R"({"region": "us-central1", "nat_ips": ["a", "b"]})"}}));
  EXPECT_EQ(bill.cents("google_compute_address.spare", "public address"), 730);  // 0.01 · 730
  EXPECT_EQ(bill.cents("google_compute_instance.app", "public address"), 365);   // 0.005 · 730
  EXPECT_EQ(bill.cents("google_compute_instance.spot", "public address"), 183);  // 0.0025 · 730
  EXPECT_EQ(bill.cents("google_compute_instance.passing", "public address"), 365);
  for (const auto& line : bill.bill.lines) {
    EXPECT_TRUE(line.address == "google_compute_address.spare" ||
                !line.address.starts_with("google_compute_address."))
        << line.address;
  }
  std::int64_t addresses = 0;
  for (const auto& line : bill.bill.lines) {
    addresses += line.what == "public addresses" ? line.monthly.micro_usd / 10'000 : 0;
  }
  EXPECT_EQ(addresses, 730);  // two of the way out: 0.005 · 2 · 730
  EXPECT_EQ(bill.line("google_compute_router_nat.out", "machines that use it").state,
            BillOf::State::open);
}

TEST(Bills, AzureEveryDiskAndTheStorageOfAStandby) {
  const BillOf bill(
      plan_in("azurerm", "",
              {{"azurerm_linux_virtual_machine_scale_set.s",
                R"({"location": "eastus", "sku": "Standard_D2s_v3", "instances": 3,
            "os_disk": [{"storage_account_type": "Premium_LRS", "disk_size_gb": 64}],
            "data_disk": [{"storage_account_type": "Premium_LRS", "disk_size_gb": 256}]})"},
               {"azurerm_kubernetes_cluster.k",
                R"({"location": "eastus", "default_node_pool": [
            {"vm_size": "Standard_D2s_v3", "node_count": 2, "os_disk_size_gb": 128}]})"},
               {"azurerm_postgresql_flexible_server.main",
                R"({"location": "eastus", "sku_name": "GP_Standard_D2ds_v5", "storage_mb": 131072,
            "high_availability": [{"mode": "ZoneRedundant"}]})"}}));
  EXPECT_EQ(bill.cents("azurerm_linux_virtual_machine_scale_set.s", "disks"),
            11406);                                                             // 38.02 · 3
  EXPECT_EQ(bill.cents("azurerm_kubernetes_cluster.k", "system disks"), 3942);  // 19.71 · 2
  EXPECT_EQ(bill.cents("azurerm_postgresql_flexible_server.main", "storage"),
            2944);  // 0.115 · 128 GB · 2
}

TEST(Bills, ABlueprintIsBilledByItsTypes) {
  const BillOf bill(
      "outlast: 1\nname: shop\njourneys: {visit: {enters: web}}\ncomponents:\n"
      "  web: {type: aws.ec2, size: m6i.large, replicas: 4, region: us-east-1, zones: [a, b],\n"
      "        needs: [db, pay]}\n"
      "  db: {type: aws.rds.mysql, size: db.m5.large, region: us-east-1, zones: [a]}\n"
      "  pay: {type: external.payment}\n");
  EXPECT_EQ(bill.cents("web", "server"), 28032);   // 0.096 · 4 · 730
  EXPECT_EQ(bill.cents("web", "root disk"), 320);  // 0.10 · 8 GB · 4
  EXPECT_EQ(bill.cents("db", "server"), 12483);    // 0.171 · 730
  EXPECT_EQ(bill.line("db", "storage").why, "nobody says allocated_storage");
  EXPECT_EQ(bill.line("pay", "").why, "no tariff is known of external.payment");
  EXPECT_EQ(bill.cents(), 40835) << bill.text();
  EXPECT_DOUBLE_EQ(bill.bill.unpriced_share, 0.4);  // two of five lines
}

/// A public plan, read where it lies; nothing where it does not.
std::string public_plan(const std::string& name) {
  const char* named = std::getenv("OUTLAST_CORPUS");
  const std::string corpus =
      named != nullptr ? named : support::project_root() + "/../shared/corpus";
  const auto bytes =
      base::DiskFiles().read(corpus + "/terraform/" + name + "/plan.json", std::size_t{1} << 26U);
  return bytes ? *bytes : "";
}

TEST(Bills, APublicPlanOfABalancerAndOneServer) {
  const std::string plan = public_plan("aws-alb-asg-lambda-update");
  if (plan.empty()) {
    GTEST_SKIP() << "the public plans are not here";
  }
  const BillOf bill(plan);
  EXPECT_EQ(bill.cents("module.alb.aws_alb.alb", "balancer"), 1643);  // 0.0225 · 730 = 16.425
  EXPECT_EQ(bill.cents("module.myapp-asg.aws_autoscaling_group.asg", "root disks"),
            80);  // 0.10 · 8 GB · 1
  EXPECT_EQ(bill.cents("module.myapp-asg.aws_autoscaling_group.asg", "servers"),
            3387);  // 0.0464 · 730 = 33.872
  EXPECT_EQ(bill.cents(), 5110) << bill.text();
}

TEST(Bills, APublicPlanAtOwnPricesAndAtBuiltInOnes) {
  const std::string plan = public_plan("aws-vpc-3nat-tf012");
  if (plan.empty()) {
    GTEST_SKIP() << "the public plans are not here";
  }
  // 3 · (0.048 · 730 = 35.04) + 3 · (0.005 · 730 = 3.65)
  EXPECT_EQ(BillOf(plan).cents(), 11607);
  blueprint::OwnPrices own;
  own.prices.push_back(
      {"aws", "nat", "NAT gateway", "eu-west-1", "hour", "1", "0.04", "own", "", "", {}});
  own.prices.push_back(
      {"aws", "eip", "public IPv4", "eu-west-1", "hour", "1", "0.004", "own", "", "", {}});
  const BillOf bill(plan, own);
  // 3 · (0.04 · 730 = 29.20) + 3 · (0.004 · 730 = 2.92)
  EXPECT_EQ(bill.cents(), 9636) << bill.text();
}

}  // namespace
}  // namespace outlast
