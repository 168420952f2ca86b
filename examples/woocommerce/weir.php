<?php
/**
 * Plugin Name: Weir for WooCommerce
 * Description: Tells Weir of product views, carts and orders. Put WEIR_URL and WEIR_KEY into wp-config.php.
 * Requires Plugins: woocommerce
 */

defined( 'ABSPATH' ) || exit;

/** Prints a call of weir(), early enough: the tag replays what came before it. */
function weir_call( $name, $properties ) {
	printf(
		"<script>(window.weir=window.weir||function(){(weir.q=weir.q||[]).push([Date.now(),arguments])})(%s,%s)</script>\n",
		wp_json_encode( $name ),
		wp_json_encode( $properties, JSON_HEX_TAG | JSON_HEX_AMP )
	);
}

function weir_product( $product, $quantity = 1 ) {
	return array(
		'product_id'   => (string) ( $product->get_parent_id() ?: $product->get_id() ),
		'product_name' => $product->get_name(),
		'price'        => (float) wc_get_price_excluding_tax( $product ),
		'quantity'     => (int) $quantity,
	);
}

add_action( 'wp_head', function () {
	printf( "<script async src=\"%s\"></script>\n", esc_url( WEIR_URL . '/weir.js?key=' . WEIR_KEY ) );
	if ( is_product() ) {
		$product = wc_get_product( get_queried_object_id() );
		weir_call( 'product_view', weir_product( $product ) + array( 'currency' => get_woocommerce_currency() ) );
	}
} );

// A form that is posted: the next page tells of it. What AJAX buttons add, the tag hears by itself.
add_action( 'woocommerce_add_to_cart', function ( $key, $product_id, $quantity, $variation_id ) {
	if ( ! wp_doing_ajax() && WC()->session ) {
		$added   = WC()->session->get( 'weir_added', array() );
		$added[] = weir_product( wc_get_product( $variation_id ?: $product_id ), $quantity );
		WC()->session->set( 'weir_added', $added );
	}
}, 10, 4 );

add_action( 'wp_footer', function () {
	if ( ! WC()->session ) {
		return;
	}
	foreach ( WC()->session->get( 'weir_added', array() ) as $product ) {
		weir_call( 'add_to_cart', $product + array( 'currency' => get_woocommerce_currency() ) );
	}
	WC()->session->set( 'weir_added', array() );
} );

// Every load of the thank-you page may say it: an order id counts once.
add_action( 'woocommerce_thankyou', function ( $order_id ) {
	$order = wc_get_order( $order_id );
	if ( ! $order || $order->has_status( 'failed' ) ) {
		return;
	}
	$items = array();
	foreach ( $order->get_items() as $item ) {
		$quantity = max( 1, $item->get_quantity() );
		$items[]  = array(
			'product_id'   => (string) $item->get_product_id(),
			'product_name' => $item->get_name(),
			'price'        => (float) $order->get_line_total( $item ) / $quantity,
			'quantity'     => $quantity,
		);
	}
	weir_call( 'purchase', array(
		'order_id' => (string) $order->get_order_number(),
		'value'    => (float) $order->get_total() - (float) $order->get_total_tax() - (float) $order->get_shipping_total(),
		'tax'      => (float) $order->get_total_tax(),
		'shipping' => (float) $order->get_shipping_total(),
		'currency' => $order->get_currency(),
		'coupon'   => implode( ',', $order->get_coupon_codes() ),
		'items'    => $items,
	) );
} );
