#!/usr/bin/perl
# SPDX-License-Identifier: GPL-3.0-or-later
# The job in Perl, with Monitoring::Plugin, LWP and JSON::XS. LWP asks one request after the other.
# The API key comes from SMSPARTNER_API_KEY.
use strict;
use warnings;

use JSON::XS;
use LWP::UserAgent;
use Monitoring::Plugin;

use constant PER_REQUEST => 500;

my $plugin = Monitoring::Plugin->new(
    shortname => 'SMSPARTNER',
    usage     => 'Usage: %s -b BATCH [-u URL] [-w RANGE] [-c RANGE] [-t SECONDS]',
    timeout   => 600,
);
$plugin->add_arg(spec => 'batch|b=s', help => 'the messages', required => 1);
$plugin->add_arg(
    spec    => 'url|u=s',
    help    => 'the endpoint',
    default => 'https://api.smspartner.fr/v1/multi-status',
);
$plugin->add_arg(spec => 'warning|w=s',  help => 'range of the ratio', default => '95:');
$plugin->add_arg(spec => 'critical|c=s', help => 'range of the ratio', default => '90:');
$plugin->getopts;
my $options = $plugin->opts;
alarm $options->timeout;

my @messages;
open my $batch, '<', $options->batch or $plugin->plugin_die('cannot read ' . $options->batch);
while (my $line = <$batch>) {
    chomp $line;
    my ($number, $id) = split /,/, $line;
    push @messages, { phoneNumber => $number, messageId => $id + 0 } if defined $id;
}
close $batch;

my %outcome = (Delivered => 'delivered', 'Not delivered' => 'undelivered', Waiting => 'waiting');
my %count   = map { $_ => 0 } qw(delivered undelivered waiting not_found unknown spam stop);
my $agent   = LWP::UserAgent->new(keep_alive => 1);
my $asked   = @messages;
while (my @slice = splice @messages, 0, PER_REQUEST) {
    my $body  = encode_json({ apiKey => $ENV{SMSPARTNER_API_KEY}, SMSStatut_List => \@slice });
    my $reply = $agent->post($options->url, 'Content-Type' => 'application/json', Content => $body);
    $plugin->plugin_exit(CRITICAL, $reply->status_line) unless $reply->is_success;
    for my $entry (@{ decode_json($reply->content)->{StatutResponse_List} }) {
        $count{ $entry->{code} == 4 ? 'not_found' : $outcome{ $entry->{status} } // 'unknown' }++;
        $count{spam}++ if ($entry->{isSpam}  // '') eq '1';
        $count{stop}++ if ($entry->{stopSms} // '') eq '1';
    }
}

my $settled = $count{delivered} + $count{undelivered} + $count{not_found};
$plugin->plugin_exit(UNKNOWN, 'no message settled yet') if $settled == 0;
$count{unknown} = $asked - $settled - $count{waiting};

my $ratio     = 100 * $count{delivered} / $settled;
my $threshold = $plugin->set_thresholds(warning => $options->warning, critical => $options->critical);
$plugin->add_perfdata(
    label => 'delivered_ratio', value => $ratio, uom => '%', threshold => $threshold, min => 0, max => 100,
);
my $code = $plugin->check_threshold($ratio);
$code = WARNING if $code == OK && $count{spam} + $count{stop} > 0;
$code = UNKNOWN if $code == OK && $count{unknown} > 0;
for my $name (qw(delivered undelivered waiting not_found unknown spam stop)) {
    $plugin->add_perfdata(label => $name, value => $count{$name}, min => 0);
}
$plugin->plugin_exit(
    $code,
    sprintf '%.2f%% delivered (%d of %d), %d not delivered, %d waiting, %d not found, %d unknown, %d spam, %d stop',
    $ratio, $count{delivered}, $settled, @count{qw(undelivered waiting not_found unknown spam stop)},
);
