#!/bin/sh
# Makes the kernel look like a Pi 4 to the libraries: 54 simulated GPIO lines as /dev/gpiochip0 under the name of the
# Pi's own controller, and the revision in /proc/cpuinfo by which gpiozero knows the header.
set -e
lines=/sys/kernel/config/gpio-sim/pi
mkdir $lines $lines/bank0
echo 54 >$lines/bank0/num_lines
echo pinctrl-bcm2711 >$lines/bank0/label
echo 1 >$lines/live
ln -sfn "/sys/devices/platform/$(cat $lines/dev_name)/$(cat $lines/bank0/chip_name)" /run/gpio-sim
printf 'Revision\t: c03115\n' >/run/cpuinfo
mount --bind /run/cpuinfo /proc/cpuinfo
